/** A real Chromium when the machine has one; tests that need it are skipped with a message otherwise. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const chromiumPath: string | undefined = [process.env['CHROMIUM_PATH'], ...PLACES].find(
  (path) => path !== undefined && existsSync(path),
)

/** The title of a suite, with the reason when it is skipped. */
export function suiteTitle(title: string): string {
  return chromiumPath ? title : `${title} (skipped: no Chromium found; set CHROMIUM_PATH)`
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
}

export interface WatchedPage {
  readonly page: Page
  /** Errors and policy violations that the page reported. */
  readonly faults: string[]
}

export async function openPage(
  browser: Browser,
  options: { readonly width: number; readonly javaScriptEnabled?: boolean },
): Promise<WatchedPage> {
  const { width, javaScriptEnabled = true } = options
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { page, faults }
}

/** Widths that people have; nothing may scroll sideways at any of them. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
}
