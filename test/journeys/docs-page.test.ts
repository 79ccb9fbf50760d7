import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { openTestHttpServer } from '../support/http-server.ts'

const executablePath = '/usr/bin/chromium'
const skip = existsSync(executablePath)
  ? false
  : `There is no Chromium at ${executablePath}: apt-get install chromium`

test('The page of the API shows every operation, in itself and under its own policy, and tries them out (U80)', {
  skip,
}, async (t) => {
  const { url } = await openTestHttpServer(t)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  t.after(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error') wrong.push(line.text())
  })
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) {
      wrong.push(`asks elsewhere: ${request.url()}`)
    }
  })
  await page.goto(`${url}/api/docs`)
  await page.waitForSelector('.opblock')
  const api = (await (await fetch(`${url}/api/openapi.json`)).json()) as { paths: object }
  const operations = Object.values(api.paths).flatMap((each: object) => Object.keys(each))
  assert.equal(await page.locator('.opblock').count(), operations.length)

  const live = page.locator('.opblock', { hasText: '/health/live' })
  await live.locator('.opblock-summary').click()
  await live.getByRole('button', { name: 'Try it out' }).click()
  await live.getByRole('button', { name: 'Execute' }).click()
  await live.locator('.live-responses-table').getByText('"ok"').waitFor()
  const picture = process.env['DOCS_PICTURE']
  if (picture) await page.screenshot({ path: picture })
  assert.deepEqual(wrong, [])
})
