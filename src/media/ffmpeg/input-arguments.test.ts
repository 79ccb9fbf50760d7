import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inputArguments } from './input-arguments.ts'

test('a file is opened with its demuxer pinned and nothing but files', () => {
  assert.deepEqual(inputArguments({ kind: 'file', path: '/a/b' }, 'mov'), [
    '-protocol_whitelist',
    'file,pipe',
    '-f',
    'mov',
    '-enable_drefs',
    '0',
    '-i',
    'file:/a/b',
  ])
})

test('an address of ours is opened with its headers, without redirects and files', () => {
  const source = { kind: 'http', url: 'https://a/b' } as const
  const args = inputArguments(source, 'matroska')
  assert.equal(args[args.indexOf('-protocol_whitelist') + 1], 'http,https,tcp,tls')
  assert.equal(args[args.indexOf('-max_redirects') + 1], '0')
  assert.deepEqual(args.slice(-4), ['-f', 'matroska', '-i', 'https://a/b'])
})
