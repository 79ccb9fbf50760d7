import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSlots } from './slots.ts'

const type = 'vod-hls-transcoding'
const light = 'vod-audio-encoding'

/** Two servers at the same slots, and who was told that there is room. */
function seat(slots: number) {
  const pool = createSlots(slots)
  const told: string[] = []
  const join = (name: string) => pool.join(() => void told.push(name))
  return { first: join('first'), second: join('second'), told }
}

test('no more jobs at once than there are slots, and one light job beside them', () => {
  const { first, second } = seat(2)
  const hold = first.take(type)
  assert.ok(hold && second.take(type))
  assert.equal(first.take(type), null)
  assert.deepEqual(first.open([type, light]), [light])
  assert.ok(first.take(light))
  assert.equal(second.take(light), null)
  hold.giveBack()
  assert.deepEqual(second.open([type]), [type])
})

test('room goes to the server that waits with fewer jobs (issue 3, 5)', () => {
  const { first, second, told } = seat(2)
  const hold = first.take(type)
  first.take(type)
  second.wait()
  first.wait()
  hold?.giveBack()
  assert.ok(told.includes('second'))
  assert.equal(first.take(type), null)
  assert.ok(second.take(type))
})

test('with one slot, servers that wait take turns', () => {
  const { first, second } = seat(1)
  const order: string[] = []
  first.wait()
  second.wait()
  for (let turn = 0; turn < 4; turn += 1) {
    const holdOfFirst = first.take(type)
    const hold = holdOfFirst ?? second.take(type)
    order.push(holdOfFirst ? 'first' : 'second')
    hold?.giveBack()
  }
  assert.deepEqual(order, ['first', 'second', 'first', 'second'])
})

test('nobody waits for a server that has nothing, is away or has left', () => {
  for (const yieldTurn of ['rest', 'leave'] as const) {
    const { first, second, told } = seat(1)
    first.take(type)?.giveBack()
    first.wait()
    second.wait()
    assert.equal(first.take(type), null)
    second[yieldTurn]()
    assert.ok(told.includes('first'))
    assert.ok(first.take(type))
  }
})
