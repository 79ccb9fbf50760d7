import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noBrowser, openVisitor } from './browser.ts'
import { addPerson, logIn, openPeopledSite, password } from './people.ts'

test('The first start prints a link that makes the administrator, once; no password works before (P-78, C-03, U110)', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openPeopledSite(t, { RUNNERS: '0' })
  const [link = ''] = await server.program.find(/http:\S+\/setup#\S+/)
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/')
  await page.getByText('Log in to see the videos.').waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
  await logIn(page, 'admin', 'password')
  await page.getByText('The name or the password is not right.').waitFor()

  await page.goto(link)
  await page.getByLabel('Name').fill('Ada')
  const field = page.getByLabel('Password', { exact: true })
  await field.fill('short')
  await page.getByText('At least 10 characters').waitFor()
  const button = page.getByRole('button', { name: 'Make the administrator' })
  assert.equal(await button.isDisabled(), true)
  await field.fill(password)
  await page.getByText('Strong').waitFor()
  await button.click()
  await page.waitForURL(`${server.url}/`)
  await page.getByText('There are no videos yet.').waitFor()
  await page.getByRole('button', { name: 'Account of Ada' }).waitFor()
  assert.match(complaints.join(), /^[^,]*401[^,]*$/, 'only the wrong password was an error')

  const second = await openVisitor(t, server.url)
  await second.page.goto(link)
  await second.page.getByLabel('Name').fill('Eve')
  await second.page.getByLabel('Password', { exact: true }).fill(password)
  await second.page.getByRole('button', { name: 'Make the administrator' }).click()
  await second.page.getByText('This set-up link is not good any more').waitFor()
})

test('Logging in leads back to where one came from, logging out ends it, and guessing is slowed (C-03, C-04, U110)', {
  skip: noBrowser,
}, async (t) => {
  const site = await openPeopledSite(t, { RUNNERS: '0' })
  await addPerson(site, 'Ursula', 'uploader')
  const { page } = await openVisitor(t, site.server.url)
  await page.goto('/upload')
  await page.waitForURL('**/login?next=%2Fupload')
  await logIn(page, 'Ursula')
  await page.waitForURL('**/upload')
  await page.getByRole('button', { name: 'Choose files' }).waitFor()

  await page.getByRole('button', { name: 'Account of Ursula' }).click()
  await page.getByRole('menuitem', { name: 'Log out Ursula' }).click()
  await page.getByText('Log in to see the videos.').waitFor()
  await page.goto('/login')
  for (let tries = 0; tries < 6; tries += 1) {
    await logIn(page, 'Ursula', `a wrong password ${tries}`)
    await page.getByRole('alert').waitFor()
  }
  const wait = page.getByText(/^Too many attempts\. Try again in \d+ s\.$/)
  while (!(await wait.isVisible())) {
    const answer = page.waitForResponse('**/api/v1/sessions')
    await logIn(page, 'Ursula', 'another wrong password')
    if ((await answer).status() === 429) await wait.waitFor()
  }
  assert.equal(await page.getByRole('button', { name: 'Log in' }).isDisabled(), true)
})
