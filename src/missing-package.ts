/**
 * What is missing when the program cannot even be loaded: an installation that was cut short, or one
 * without optional packages, which takes the native part of the word segmentation away too.
 */

/** A sentence with what to do; undefined when the error is of another kind. */
export function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (/Cannot find native binding/.test(error.message)) {
    return '安装不完整：分词组件没有装上。请运行 npm ci（不要加 --omit=optional）再启动。'
  }
  const name = /Cannot find (?:package|module) '((?:@[\w.-]+\/)?[\w-][\w.-]*)'/.exec(
    error.message,
  )?.[1]
  return name && `安装不完整：没有装 ${name}。请运行 npm ci 再启动。`
}
