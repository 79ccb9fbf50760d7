import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { catalogue } from './catalogue.ts'
import { describeCatalogue } from './describe-catalogue.ts'
import { ReelmillError, toErrorRecord, toReelmillError } from './reelmill-error.ts'

test('docs/errors.md lists every code as the catalogue has it', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/errors.md'), 'utf8')
  const table = page.split('\n').filter((line) => line.startsWith('|'))
  const cells = (line: string) => line.split('|').map((cell) => cell.trim())
  const listed = table.slice(2).map(cells)
  const expected = describeCatalogue().split('\n').slice(2).map(cells)
  assert.deepEqual(listed, expected, 'run: npx node scripts/generate.ts')
})

test('every code is in small letters, and its status says who has to act', () => {
  for (const [code, { status, blame }] of Object.entries(catalogue)) {
    assert.match(code, /^[a-z]+(_[a-z]+)*$/)
    assert.ok(status >= 400 && status < 600, code)
    if (blame === 'caller' || blame === 'media') assert.ok(status < 500, code)
  }
})

test('any error becomes a ReelmillError that keeps its cause', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' })
  assert.equal(toReelmillError(full).code, 'disk_full')
  assert.equal(toReelmillError('text').code, 'internal')
  assert.equal(toReelmillError(full).cause, full)
  const known = new ReelmillError('source_empty', undefined, { details: { bytes: 0 } })
  assert.equal(toReelmillError(known), known)
})

test('what is kept of an error has no stack, and no words of an unknown one', () => {
  const error = new ReelmillError('source_empty', undefined, { details: { bytes: 0 } })
  assert.deepEqual(toErrorRecord(error), {
    code: 'source_empty',
    message: 'The file is empty.',
    details: { bytes: 0 },
  })
  assert.doesNotMatch(toErrorRecord(new Error('/secret/path')).message, /secret/)
})
