import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTile, parseStoryboard } from './storyboard.ts'

const text = `WEBVTT

00:00:00.000 --> 00:00:05.000
storyboard-0.jpg#xywh=0,0,160,90

NOTE not a tile

2
00:00:05.000 --> 00:00:10.500 align:start
https://cdn.example/s.jpg#xywh=pixel:160,90,160,90

00:00:10.500 --> 00:00:12.000
just text
`
const address = 'https://videos.example/media/x/storyboard.vtt'

test('A storyboard names a rectangle of a picture for each time', () => {
  assert.deepEqual(parseStoryboard(text.replaceAll('\n', '\r\n'), address), [
    {
      startSeconds: 0,
      endSeconds: 5,
      url: 'https://videos.example/media/x/storyboard-0.jpg',
      ...{ x: 0, y: 0, width: 160, height: 90 },
    },
    {
      startSeconds: 5,
      endSeconds: 10.5,
      url: 'https://cdn.example/s.jpg',
      ...{ x: 160, y: 90, width: 160, height: 90 },
    },
  ])
})

test('What is no storyboard has no tiles', () => {
  assert.deepEqual(parseStoryboard('<!doctype html>', address), [])
  assert.equal(findTile([], 3), null)
})

test('Every time has the tile that began last', () => {
  const tiles = parseStoryboard(text, address)
  assert.equal(findTile(tiles, 0), tiles[0])
  assert.equal(findTile(tiles, 4.99), tiles[0])
  assert.equal(findTile(tiles, 5), tiles[1])
  assert.equal(findTile(tiles, 99), tiles[1])
})
