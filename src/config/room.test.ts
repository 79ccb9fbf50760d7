import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as pause } from 'node:timers/promises'
import { makeRoom } from './room.ts'

test('what fits is let in, the rest in turn: nothing small passes by what is large for ever', async () => {
  const room = makeRoom(10)
  const inside: number[] = []
  const enter = async (size: number) => {
    const leave = await room.take(size)
    inside.push(size)
    return leave
  }
  const [leaveSix] = [await enter(6)]
  const waiting = [enter(5), enter(1), enter(4)]
  await pause()
  assert.deepEqual(inside, [6])
  leaveSix()
  const [leaveFive] = await Promise.all(waiting)
  assert.deepEqual(inside, [6, 5, 1, 4])
  const last = enter(4)
  await pause()
  assert.equal(inside.length, 4)
  leaveFive?.()
  await last
})

test('what is larger than the room is let in alone', async () => {
  const room = makeRoom(10)
  const leave = await room.take(1)
  let isIn = false
  const large = room.take(11).then((leaveLarge) => {
    isIn = true
    return leaveLarge
  })
  await pause()
  assert.equal(isIn, false)
  leave()
  const leaveLarge = await large
  leaveLarge()
  assert.ok(await room.take(10))
})
