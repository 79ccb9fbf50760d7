import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { toProblem } from './problem.ts'

test('a problem carries the code that runners switch on, and the field that old ones print (D-103)', () => {
  const problem = toProblem(new ReelmillError('runner_job_not_in_processing_state'))
  assert.equal(problem.status, 400)
  assert.equal(problem.code, 'runner_job_not_in_processing_state')
  assert.match(problem.type, /#section\/Errors\/runner_job_not_in_processing_state$/)
  assert.equal(problem.error, problem.detail)
})

test('a database that is away is 503, never an unknown runner (D-103)', () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const restarting = Object.assign(new Error('terminating connection'), { code: '57P01' })
  for (const error of [away, restarting]) {
    assert.equal(toProblem(error).status, 503)
    assert.equal(toProblem(error).code, 'database_unavailable')
  }
})

test('what went wrong inside is not told', () => {
  const problem = toProblem(new Error('secret detail'))
  assert.equal(problem.status, 500)
  assert.ok(!JSON.stringify(problem).includes('secret'))
})
