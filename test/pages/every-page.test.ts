import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { openSite } from '../journeys/site.ts'
import { noBrowser, openVisitor } from './browser.ts'
import { fillTown, listPages, logIn, type PageOfTown, showPage, townEnv } from './town.ts'

const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'light', viewport: { width: 360, height: 740 } },
] as const

test('No page has a serious fault for those who use it by keys or by ear, a complaint in the console, or a part beyond the screen of a phone', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openSite(t, { env: townEnv })
  const town = await fillTown(server, { profile: 'tiny', size: '160x90', seconds: 4 })
  const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
  for (const look of looks) {
    const stranger = await openVisitor(t, server.url, look)
    const admin = await openVisitor(t, server.url, look)
    await logIn(admin.page, server, 'admin')
    for (const each of listPages(town)) {
      const { page, complaints } = each.who === null ? stranger : admin
      await t.test(`${each.name}, ${look.colorScheme}, ${look.viewport.width} px`, async () => {
        await showPage(page, each)
        assert.deepEqual(await findFaults(page, axe), [])
        assert.ok(await fitsAcross(page), 'the page is wider than the screen')
        assert.deepEqual(complaints.splice(0).filter(isUnexpected(each)), [])
      })
    }
  }
})

/** What axe-core calls serious or critical: each with where it is. */
async function findFaults(page: Page, axe: string): Promise<string[]> {
  // By the debugger, which the page's policy does not bind.
  await page.evaluate(axe)
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`),
    )
}

async function fitsAcross(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
  )
}

/** A browser says of itself that a stranger's question who they are was answered by 401. */
function isUnexpected({ who }: PageOfTown): (complaint: string) => boolean {
  return (complaint) => who !== null || !/401 .*sessions\/current/.test(complaint)
}
