import { existsSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env['CHROMIUM_PATH'] ?? paths.find((path) => existsSync(path))

/** Why tests of pages cannot run here; false when they can. */
export const noBrowser: string | false = executablePath
  ? false
  : 'there is no Chromium: install one, or say in CHROMIUM_PATH where it is'

/** A browser for as long as a test runs, with the pages that somebody has open in it. */
export interface Visitor {
  readonly page: Page
  /**
   * What no page may ever have: errors in the console, exceptions, reports of what the policy
   * blocked. Take from it what a test provokes itself.
   */
  readonly complaints: string[]
}

/** Somebody with a browser of their own: no cookie, nothing kept. It goes with the test. */
export async function openVisitor(
  t: Pick<TestContext, 'after'>,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const browser = await chromium.launch({
    executablePath: executablePath ?? '',
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  })
  t.after(() => browser.close())
  const context = await browser.newContext({ baseURL, reducedMotion: 'reduce', ...options })
  // Of a slow machine that does other things.
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  return { page, complaints: listen(page) }
}

function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(`${message.text()} (${message.location().url})`)
    }
  })
  return complaints
}
