/** `sources list|unwatch`: pages that are looked at again every day. Watching begins with `ingest URL --watch`. */
import type { Command } from 'commander'
import type { App } from '../app.ts'
import { unwatchSource } from '../knowledge/watch-source.ts'
import type { WatchedSource } from '../storage/source-store.ts'
import type { Terminal } from './program.ts'

type WithApp = <R>(work: (app: App) => Promise<R>) => Promise<R>

export function addSourcesCommand(program: Command, withApp: WithApp, terminal: Terminal): void {
  const sources = program.command('sources').description('管理每天重新检查的网址')
  sources
    .command('list')
    .description('列出正在检查的网址')
    .action(() =>
      withApp(async (app) => {
        const all = await app.store.sources.list()
        terminal.print(all.map((one) => line(one, app)).join('\n') || '没有正在检查的网址')
      }),
    )
  sources
    .command('unwatch <网址>')
    .description('不再检查这个网址；已放入的文件不受影响')
    .action((url: string) =>
      withApp(async (app) => {
        const removed = await unwatchSource(url, app.change('cli'))
        terminal.print(removed ? '已停止检查' : '这个网址本来就没有在检查')
      }),
    )
}

function line({ url, documentId, checkedAt, problem }: WatchedSource, app: App): string {
  const last = checkedAt
    ? `上次检查 ${checkedAt.toZonedDateTimeISO(app.config.TIME_ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')}`
    : '还没有检查过'
  return `${url}\n    文件 ${documentId}，${last}${problem === undefined ? '' : `，上次没有成功：${problem}`}`
}
