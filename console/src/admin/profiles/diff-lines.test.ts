import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffLines, withContext } from './diff-lines.ts'

test('what two profiles have in common stands once, and the rest as gone and new (C-35)', () => {
  const lines = diffLines('a\nb\nc\nd', 'a\nc\nx\nd')
  const short = lines.map(({ kind, text }) => `${kind[0]} ${text}`)
  assert.deepEqual(short, ['s a', 'g b', 's c', 'n x', 's d'])
  assert.ok(diffLines('a\nb', 'a\nb').every(({ kind }) => kind === 'same'))
})

test('of long texts only what differs is shown, with some lines around it', () => {
  const before = Array.from({ length: 20 }, (_, index) => String(index))
  const after = before.with(10, 'ten')
  const shown = withContext(diffLines(before.join('\n'), after.join('\n')))
  const texts = shown.map((line) => line?.text ?? '…')
  assert.deepEqual(texts, ['…', '8', '9', '10', 'ten', '11', '12', '…'])
})
