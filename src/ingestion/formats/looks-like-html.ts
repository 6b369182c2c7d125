/** Whether a decoded text is a page and not a text about one. */
export function looksLikeHtml(content: string): boolean {
  const head = content.slice(0, 4096).trimStart()
  return (
    /^(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype html|html))/i.test(head) ||
    /^<(?:head|body|div|table|article|p|h\d)\b[^>]*>/i.test(head)
  )
}
