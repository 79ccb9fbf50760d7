import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeSlots, makeTurns } from './slots.ts'

test('those who wait for a slot get it in turn', async () => {
  const slots = makeSlots(1)
  const giveFree = await slots.take()
  const order: string[] = []
  const wait = async (name: string) => {
    const give = await slots.take()
    order.push(name)
    give()
  }
  const waiting = [wait('first'), wait('second')]
  giveFree()
  await Promise.all(waiting)
  assert.deepEqual(order, ['first', 'second'])
})

test('who does not wait any more takes no slot, and none is lost', async () => {
  const slots = makeSlots(1)
  const giveFree = await slots.take()
  const leave = new AbortController()
  const left = slots.take(leave.signal)
  const stays = slots.take(new AbortController().signal)
  leave.abort()
  await assert.rejects(left, { code: 'cancelled' })
  giveFree()
  const giveAgain = await stays
  await assert.rejects(slots.take(leave.signal), { code: 'cancelled' })
  giveAgain()
  assert.ok(await slots.take())
})

test('of each key one has its turn, and who left takes none', async () => {
  const turns = makeTurns()
  const endTurn = await turns.take('one')
  const endOther = await turns.take('another')
  const leave = new AbortController()
  const left = turns.take('one', leave.signal)
  const stays = turns.take('one')
  leave.abort()
  await assert.rejects(left, { code: 'cancelled' })
  endTurn()
  const endStay = await stays
  endStay()
  endOther()
  assert.ok(await turns.take('one'))
})
