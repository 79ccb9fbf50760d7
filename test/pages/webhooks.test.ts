import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSite } from '../journeys/site.ts'
import { waitFor } from '../support/wait-for.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { noBrowser, openVisitor } from './browser.ts'

test('A webhook is made, its secret shown once; a call that failed is looked into and sent again, from the page (U91, C-38)', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openSite(t, { env: { RUNNERS: '0', URL_ALLOW: '127.0.0.1' } })
  const receiver = await startWebhookReceiver(t)
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console/webhooks')
  await page.getByText('Nobody is told yet.').waitFor()
  await page.getByRole('button', { name: 'New webhook' }).first().click()
  const form = page.getByRole('dialog', { name: 'New webhook' })
  await form.getByLabel('Address').fill(`${receiver.url}/hook`)
  await form.getByLabel('Description').fill('The shop')
  await form.getByLabel('video.packaging').check()
  await form.getByRole('button', { name: 'Create' }).click()
  const shown = page.getByRole('dialog', { name: 'Secret of The shop' })
  receiver.verifyWith((await shown.getByText(/^whsec_/).textContent()) ?? '')
  await shown.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('cell', { name: '8 events' }).waitFor()

  // Final: what moved is not followed.
  receiver.answers.push(302)
  await page.getByRole('button', { name: 'Actions of The shop' }).click()
  await page.getByRole('menuitem', { name: 'Send a test' }).click()
  const row = page.getByRole('row').filter({ hasText: 'webhook.test' })
  await row.getByText('Failed').waitFor()
  await row.getByRole('button', { name: 'webhook.test' }).click()
  const delivery = page.getByRole('dialog', { name: 'webhook.test' })
  await delivery.getByText('302', { exact: true }).waitFor()
  await delivery.getByText('"type": "webhook.test"').waitFor()
  await delivery.getByRole('button', { name: 'Send again' }).click()
  await waitFor('the call', () => receiver.taken.size === 1)
  await delivery.getByText('Delivered').waitFor()
  await delivery.getByText('204', { exact: true }).waitFor()
  await delivery.getByRole('button', { name: 'Close' }).last().click()
  await row.getByText('Delivered').waitFor()
  assert.deepEqual(complaints, [])
})

test('All that a webhook missed is sent again; it gets another secret, is disabled, and is deleted after a question (U114, C-38)', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openSite(t, { env: { RUNNERS: '0', URL_ALLOW: '127.0.0.1' } })
  const receiver = await startWebhookReceiver(t)
  const api = `${server.url}/api/v1/webhooks`
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ url: `${receiver.url}/hook`, description: 'The shop' })
  const made = await fetch(api, { method: 'POST', headers, body })
  const { id } = (await made.json()) as { id: string }
  receiver.answers.push(302, 302)
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console/webhooks?state=failed')
  for (const _ of [1, 2]) await fetch(`${api}/${id}/test`, { method: 'POST' })
  const failed = page.getByRole('cell', { name: 'Failed' })
  await waitFor('two failures, as they happen', async () => (await failed.count()) === 2)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Actions of The shop' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await choose('Send again what failed')
  const replay = page.getByRole('dialog', { name: /missed/ })
  await replay.getByRole('button', { name: 'Send again' }).click()
  await page.getByText('2 deliveries sent again').waitFor()
  await waitFor('both calls', () => receiver.taken.size === 2)
  await page.getByText('Nothing fits.').waitFor()

  await choose('Replace the secret')
  await page.getByRole('button', { name: 'Replace', exact: true }).click()
  const shown = page.getByRole('dialog', { name: 'Secret of The shop' })
  await shown.getByText(/^whsec_/).waitFor()
  await shown.getByText(/signed with the old one too until/).waitFor()
  await shown.getByRole('button', { name: 'Done' }).click()

  await choose('Disable')
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await page.getByText('An operator disabled it.').waitFor()
  await choose('Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Nobody is told yet.').waitFor()
  assert.deepEqual(complaints, [])
})
