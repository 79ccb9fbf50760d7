import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, open, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import type { Bench, BenchContext, Figure } from './bench.ts'
import { readMemory } from './measure/process-memory.ts'
import { median } from './measure/statistics.ts'
import { type ServerProcess, startServerProcess } from './system/server-process.ts'

const megabyte = 1e6
const tus = { 'tus-resumable': '1.0.0' }
const bytesType = { 'content-type': 'application/offset+octet-stream' }

/** How fast resumable uploads come in, what memory they take, and how many do at once. */
export const upload: Bench = {
  name: 'upload',
  sentence: 'uploads by tus, beside `cat` from the same sender to the same disk',
  async run(context) {
    const dataDir = join(context.scratch, 'data')
    const server = await startServerProcess({ dataDir, env: { RUNNERS: '0', LOG_LEVEL: 'fatal' } })
    try {
      // What is only loaded and compiled once is neither slow nor growth.
      const first = await makeFile(context.scratch, 20)
      await sendByTus({ url: server.url, dataDir }, first, 20)
      return [
        await measureGrowth(context, server),
        ...(await measureRounds(context, server)),
        ...(await measureMany(context, server)),
      ]
    } finally {
      await server.stop()
    }
  },
}

/**
 * In pairs, so that company on the machine bears on both; the pair in the middle counts. Of a size that
 * is done within two seconds: see warmMemory.
 */
async function measureRounds(
  { scratch, say, short }: BenchContext,
  server: ServerProcess,
): Promise<Figure[]> {
  const [megabytes, rounds] = short ? [200, 3] : [500, 9]
  const file = await makeFile(scratch, megabytes)
  const target = { url: server.url, dataDir: server.dataDir }
  const [cat, own]: number[][] = [[], []]
  for (let round = 1; round <= rounds; round += 1) {
    const turns = [
      async () => void cat?.push(await sendToCat(file, join(scratch, 'copy'))),
      async () => void own?.push(await sendByTus(target, file, megabytes)),
    ]
    // In turns the first, for many disks are fast for some gigabytes and slow for the next.
    for (const turn of round % 2 === 1 ? turns : turns.toReversed()) {
      await warmMemory(file, join(scratch, 'copy'))
      await turn()
    }
    say(`cat ${cat?.at(-1)?.toFixed(2)} s, tus ${own?.at(-1)?.toFixed(2)} s`)
  }
  const ratios = (own ?? []).map((seconds, round) => (cat?.[round] ?? Number.NaN) / seconds)
  const [catSeconds, ownSeconds] = [Math.min(...(cat ?? [])), Math.min(...(own ?? []))]
  return [
    {
      name: 'throughput of tus ÷ that of cat, both until it is on the disk',
      value: median(ratios),
      unit: '×',
      target: { atLeast: 0.8 },
    },
    { name: '  tus, at best', value: megabytes / ownSeconds, unit: 'MB/s' },
    { name: '  cat, at best', value: megabytes / catSeconds, unit: 'MB/s' },
  ]
}

async function measureGrowth(
  { scratch, short }: BenchContext,
  server: ServerProcess,
): Promise<Figure> {
  const megabytes = short ? 200 : 2000
  const file = await makeFile(scratch, megabytes)
  const before = readMemory(server.pid).nowMb
  const watch = watchMemory(server.pid)
  await sendByTus({ url: server.url, dataDir: server.dataDir }, file, megabytes)
  return {
    name: `server's memory grows during an upload of ${megabytes} MB by`,
    value: watch() - before,
    unit: 'MB',
    target: { atMost: 50 },
  }
}

async function makeFile(folder: string, megabytes: number): Promise<string> {
  const path = join(folder, 'source.bin')
  const handle = await open(path, 'w')
  const block = Buffer.alloc(megabyte)
  for (let number = 0; number < megabytes; number += 1) {
    block.writeUInt32BE(number)
    await handle.write(block)
  }
  await handle.sync()
  await handle.close()
  return path
}

/**
 * Writes as much as a turn does, and lets it go: the host of a virtual machine takes back what was free
 * for two seconds, and to fill that again takes five times as long. Whoever did not end before that
 * would be measured with it, and the other would not.
 */
async function warmMemory(file: string, copy: string): Promise<void> {
  await copyFile(file, copy)
  await rm(copy)
}

/**
 * Writes a file to a socket, one block being read while the other is sent. No stream: the garbage that
 * streams of files leave in this process took both cores of a small machine from the receivers.
 */
async function sendFile(file: string, socket: Socket): Promise<void> {
  const handle = await open(file)
  const blocks = [Buffer.alloc(megabyte), Buffer.alloc(megabyte)]
  let sending: Promise<void> = Promise.resolve()
  for (;;) {
    const block = blocks.reverse()[0] ?? Buffer.of()
    const { bytesRead } = await handle.read(block)
    await sending
    if (bytesRead === 0) break
    sending = new Promise((resolve, reject) => {
      socket.write(block.subarray(0, bytesRead), (error) => (error ? reject(error) : resolve()))
    })
  }
  await handle.close()
}

/** Seconds until `cat` has it from a socket and it is on the disk. */
async function sendToCat(file: string, copy: string): Promise<number> {
  const listener = createServer((socket) => void sendFile(file, socket).then(() => socket.end()))
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const startMs = performance.now()
  await execa('bash', ['-c', `cat < /dev/tcp/127.0.0.1/${port} > "$1" && sync -d "$1"`, '-', copy])
  const seconds = (performance.now() - startMs) / 1000
  listener.close()
  await rm(copy)
  return seconds
}

interface Begun {
  readonly url: string
  readonly videoId: string
}

async function begin(serverUrl: string, length: number): Promise<Begun> {
  const headers = { ...tus, 'upload-length': String(length) }
  const response = await fetch(`${serverUrl}/api/v1/uploads`, { method: 'POST', headers })
  if (response.status !== 201) throw new Error(await response.text())
  const videoId = response.headers.get('x-reelmill-video') ?? ''
  return { url: serverUrl + (response.headers.get('location') ?? ''), videoId }
}

/**
 * As the copy of `cat` is removed: disks of virtual machines take blocks that they had before much
 * faster than new ones. Waits until the place is free again.
 */
async function remove(serverUrl: string, videoId: string, dataDir: string): Promise<void> {
  await fetch(`${serverUrl}/api/v1/videos/${videoId}`, { method: 'DELETE' })
  const folder = join(dataDir, 'storage/sources', videoId)
  while (existsSync(folder)) await delay(50)
}

interface Target {
  readonly url: string
  readonly dataDir: string
}

/** Seconds of the call that sends the bytes, which is answered when they are on the disk. */
async function sendByTus(
  { url: serverUrl, dataDir }: Target,
  file: string,
  megabytes: number,
): Promise<number> {
  const length = megabytes * megabyte
  const { url, videoId } = await begin(serverUrl, length)
  const startMs = performance.now()
  const { hostname, port, host, pathname } = new URL(url)
  const headers = { host, ...tus, ...bytesType, 'upload-offset': 0, 'content-length': length }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const socket = connect(Number(port), hostname)
  socket.write(`PATCH ${pathname} HTTP/1.1\r\n${head.join('')}\r\n`)
  const answered = once(socket, 'data')
  await sendFile(file, socket)
  const answer = String(await answered)
  if (!answer.startsWith('HTTP/1.1 204')) throw new Error(`The upload ended with ${answer}`)
  const seconds = (performance.now() - startMs) / 1000
  socket.destroy()
  await remove(serverUrl, videoId, dataDir)
  return seconds
}

/** Looks again and again; the highest so far, when it is asked for. */
function watchMemory(pid: number): () => number {
  let highest = 0
  const look = (): void => {
    highest = Math.max(highest, readMemory(pid).nowMb)
  }
  const timer = setInterval(look, 50)
  return () => {
    clearInterval(timer)
    look()
    return highest
  }
}

/** Uploads at once, each in pieces as Uppy sends them. */
async function measureMany(context: BenchContext, server: ServerProcess): Promise<Figure[]> {
  const count = 200
  const piece = Buffer.alloc(megabyte / 2, 1)
  const pieces = 4
  const sendOne = async (): Promise<void> => {
    const { url } = await begin(server.url, piece.length * pieces)
    for (let number = 0; number < pieces; number += 1) {
      const offset = String(piece.length * number)
      const headers = { ...tus, ...bytesType, 'upload-offset': offset }
      const { status } = await fetch(url, { method: 'PATCH', headers, body: piece })
      if (status !== 204) throw new Error(`A piece ended with ${status}.`)
    }
  }
  const startMs = performance.now()
  const ends = await Promise.allSettled(Array.from({ length: count }, sendOne))
  const failed = ends.filter((end) => end.status === 'rejected')
  for (const { reason } of failed.slice(0, 3)) context.say(`failed: ${String(reason)}`)
  return [
    {
      name: `of ${count} uploads at once, failed`,
      value: failed.length,
      unit: '',
      target: { atMost: 0 },
    },
    { name: '  all done within', value: (performance.now() - startMs) / 1000, unit: 's' },
  ]
}
