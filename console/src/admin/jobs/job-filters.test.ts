import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFiltered, readJobFilters, toJobsQuery, writeJobFilters } from './job-filters.ts'

test('the filters of jobs are kept in the address, and another list begins at its first page (U102)', () => {
  const params = new URLSearchParams('state=errored&runner=7&page=3&job=x&type=odd')
  const filters = readJobFilters(params)
  assert.deepEqual(filters, {
    ...{ q: '', state: 'errored', type: 'odd', runner: '7', video: '', page: 2 },
  })
  assert.equal(writeJobFilters(params, { state: '' }).toString(), 'runner=7&job=x&type=odd')
  assert.equal(writeJobFilters(params, { page: 3 }).get('page'), '4')
  assert.equal(isFiltered(filters), true)
  const odd = readJobFilters(new URLSearchParams('state=happy&runner=me&page=-1'))
  assert.deepEqual([odd.state, odd.runner, odd.page, isFiltered(odd)], ['', '', 0, false])
})

test('the API is asked by the numbers of states, from the first job of the page on', () => {
  const asked = toJobsQuery(readJobFilters(new URLSearchParams('state=processing&q=+a+&page=2')))
  assert.deepEqual(asked, { search: 'a', stateOneOf: ['2'], start: '25', count: '25' })
})
