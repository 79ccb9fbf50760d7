import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rational } from '../rational.ts'
import { chooseFrameRate } from './frame-rate.ts'

const choose = (
  timeBase: Rational,
  deltas: [number, number][],
  claims: { average?: Rational; guessed?: Rational } = {},
) =>
  chooseFrameRate({
    timeBase,
    deltas: new Map(deltas),
    average: claims.average ?? null,
    guessed: claims.guessed ?? null,
  })

test('clocks of milliseconds are seen through', () => {
  const { frameRate, variable } = choose(
    [1, 1000],
    [
      [33, 200],
      [34, 100],
    ],
  )
  assert.deepEqual([frameRate, variable], [[30, 1], false])
  assert.deepEqual(
    choose(
      [1, 1000],
      [
        [41, 290],
        [42, 710],
      ],
    ).frameRate,
    [24000, 1001],
  )
  assert.deepEqual(
    choose(
      [1, 1000],
      [
        [16, 33],
        [17, 67],
      ],
    ).frameRate,
    [60, 1],
  )
})

test('the container decides between rates that the measurement cannot tell apart', () => {
  const deltas: [number, number][] = [
    [33, 19],
    [34, 10],
  ]
  assert.deepEqual(choose([1, 1000], deltas, { guessed: [30000, 1001] }).frameRate, [30000, 1001])
  assert.deepEqual(choose([1, 1000], deltas, { guessed: [1000, 1] }).frameRate, [30, 1])
})

test('a pause does not make a constant rate variable, nor change it', () => {
  const { frameRate, variable } = choose(
    [1, 12800],
    [
      [512, 999],
      [64000, 1],
    ],
    {
      average: [1000, 45],
    },
  )
  assert.deepEqual([frameRate, variable], [[25, 1], false])
})

test('a rate that varies gets one that is enough for its motion, never above 60', () => {
  const varying = choose(
    [1, 1000],
    [
      [20, 30],
      [40, 30],
      [100, 40],
    ],
  )
  assert.deepEqual([varying.frameRate, varying.variable], [[50, 1], true])
  assert.deepEqual(
    choose(
      [1, 90000],
      [
        [10, 50],
        [90, 50],
        [9000, 50],
      ],
    ).frameRate,
    [60, 1],
  )
  assert.deepEqual(
    choose(
      [1, 1000],
      [
        [5000, 3],
        [9000, 3],
        [20000, 2],
      ],
    ).frameRate,
    [1, 1],
  )
})

test('a single picture, 0/0 and absurd claims give a rate all the same (U20)', () => {
  assert.deepEqual(choose([1, 1000], []).frameRate, [25, 1])
  assert.deepEqual(choose([1, 1000], [], { average: [90000, 1] }).frameRate, [25, 1])
  assert.deepEqual(choose([1, 1000], [], { average: [30, 1] }).frameRate, [30, 1])
  assert.deepEqual(choose([1, 1000], [[0, 10]]).frameRate, [25, 1])
})

test('rates that are nobody’s standard stay as they are', () => {
  assert.deepEqual(
    choose([1, 48000], [[3333, 100]], { guessed: [16000, 1111] }).frameRate,
    [16000, 1111],
  )
})
