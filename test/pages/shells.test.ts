import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSite } from '../journeys/site.ts'
import { noBrowser, openVisitor } from './browser.ts'

const names = [
  'Dashboard',
  'Videos',
  'Jobs',
  'Runners',
  'Profiles',
  'Policies',
  'Webhooks',
  'Keys and users',
  'Storage and health',
]

test('Every page of the console opens from its menu, by mouse and by address, without a complaint (P-70, U101)', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openSite(t, { env: { RUNNERS: '0' } })
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console')
  for (const name of names) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    const { pathname } = new URL(page.url())
    await page.goto(pathname)
    await page.getByRole('heading', { level: 1 }).waitFor()
    assert.equal(
      await page.getByRole('link', { name, exact: true }).getAttribute('aria-current'),
      'page',
    )
  }
  assert.deepEqual(complaints, [])
})

test('A menu opens by the arrow, is walked through by keys, and gives the focus back', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openSite(t, { env: { RUNNERS: '0' } })
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console')
  const button = page.getByRole('button', { name: 'Account' })
  await button.focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('menuitem', { name: 'Site' }).waitFor()
  await page.locator('[role=menuitem]:focus').waitFor()
  await page.keyboard.press('d')
  await page.keyboard.press('Enter')
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  await page.getByRole('menu').waitFor({ state: 'hidden' })
  assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Account')
  await page.reload()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  assert.deepEqual(complaints, [])
})

test('A page that does not come leaves the others in peace, and comes when it is asked for again', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openSite(t, { env: { RUNNERS: '0' } })
  const { page, complaints } = await openVisitor(t, server.url)
  const program = /\/jobs-page[^/]*\.js$/
  await page.route(program, (route) => route.abort())
  await page.goto('/console')
  const open = (name: string) =>
    page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  const alert = page.getByRole('alert')
  await open('Jobs')
  await alert.getByText('This could not be loaded.').waitFor()
  await open('Videos')
  await page.getByRole('heading', { level: 1, name: 'Videos' }).waitFor()
  await open('Jobs')
  await alert.getByText('This could not be loaded.').waitFor()
  await page.unroute(program)
  await alert.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
  assert.deepEqual(
    complaints.filter((each) => !each.includes('jobs-page')),
    [],
  )
})
