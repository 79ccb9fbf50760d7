import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFiltered, readFilters, toQuery, writeFilters } from './filters.ts'

test('filters are kept in the address, and what is none of ours is not chosen (U102)', () => {
  const params = new URLSearchParams('q=sea&state=failed&sort=name&visibility=odd&days=x')
  const filters = readFilters(params)
  assert.deepEqual(filters, {
    ...{
      q: 'sea',
      state: 'failed',
      owner: '',
      profile: '',
      visibility: '',
      days: '',
      sort: 'name',
    },
  })
  const next = writeFilters(params, { q: '', sort: '-createdAt', owner: 'me' })
  assert.equal(next.toString(), 'state=failed&visibility=odd&days=x&owner=me')
  assert.equal(isFiltered(readFilters(new URLSearchParams('sort=name'))), false)
  assert.equal(isFiltered(filters), true)
})

test('the API is asked for what was chosen, and a period begins at a whole minute', () => {
  const now = Date.parse('2026-01-08T10:20:30Z')
  const asked = (address: string) => toQuery(readFilters(new URLSearchParams(address)), now)
  assert.deepEqual(asked(''), { sort: '-createdAt' })
  assert.deepEqual(asked('state=working').state?.length, 6)
  assert.equal(asked('days=7').createdAfter, '2026-01-01T10:20:00.000Z')
})
