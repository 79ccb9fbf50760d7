import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noBrowser, openVisitor } from './browser.ts'
import { addPerson, logIn, openPeopledSite } from './people.ts'

test('Administrators make users and keys, whose secrets are shown once, and end them again (P-77, U110)', {
  skip: noBrowser,
}, async (t) => {
  const site = await openPeopledSite(t, { RUNNERS: '0' })
  await addPerson(site, 'Ada', 'admin')
  const { page, complaints } = await openVisitor(t, site.server.url)
  await page.goto('/console/people')
  await page.waitForURL('**/login?next=*')
  await logIn(page, 'Ada')
  await page.waitForURL('**/console/people')
  const dialog = page.getByRole('dialog')

  await page.getByRole('button', { name: 'Add a user' }).click()
  await dialog.getByLabel('Name').fill('Ursula')
  await dialog.getByLabel('Role').selectOption('uploader')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await dialog.getByRole('heading', { name: 'The password of Ursula' }).waitFor()
  const secret = (await dialog.locator('code').textContent()) ?? ''
  // Nobody can be shown it again: a press beside the window closes others.
  await page.mouse.click(5, 5)
  await dialog.getByRole('button', { name: 'Done' }).click()
  const ursula = await openVisitor(t, site.server.url)
  await ursula.page.goto('/login?next=/account')
  await logIn(ursula.page, 'Ursula', secret)
  await ursula.page.getByText('uploader').waitFor()

  await page.getByRole('button', { name: 'Change Ursula' }).click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await page
    .getByRole('row', { name: /Ursula/ })
    .getByText('disabled')
    .waitFor()
  await ursula.page.reload()
  await ursula.page.getByText('You are not logged in.').waitFor()

  await page.getByRole('button', { name: 'Make a key' }).click()
  await dialog.getByLabel('Name').fill('importer')
  await dialog.getByLabel('All that the role may').uncheck()
  await dialog.getByLabel('See videos').check()
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  await dialog.getByRole('heading', { name: 'The key “importer”' }).waitFor()
  const key = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Done' }).click()
  const list = async () => {
    const headers = { authorization: `Bearer ${key}`, connection: 'close' }
    const response = await fetch(`${site.server.url}/api/v1/videos`, { headers })
    await response.body?.cancel()
    return response.status
  }
  assert.equal(await list(), 200)
  await page.getByRole('button', { name: 'Revoke importer' }).click()
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('There are no keys.').waitFor()
  assert.equal(await list(), 401)
  assert.deepEqual(complaints, [])
})
