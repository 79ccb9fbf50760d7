import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Problem } from '../finding.ts'
import type { ResourceRef } from '../hls/playlist.ts'
import type { DeliveryFacts, ReadResult, Source } from '../source/source.ts'
import type { Container, InitFacts, StreamFacts, StreamSpan } from './facts.ts'
import { readFragments } from './read-fragments.ts'
import { readInit } from './read-init.ts'
import { readTransport } from './read-transport.ts'
import { sniffContainer } from './sniff.ts'

export type FileKind = 'playlist' | 'manifest' | 'init' | 'segment' | 'subtitles'

/** One way in which files of a kind were delivered, with the first that was. */
export interface Delivery extends DeliveryFacts {
  readonly kind: FileKind
  readonly container: Container | null
  readonly where: string
}

/** What is kept of a segment after reading it. */
export interface Measurement {
  readonly container: Container
  readonly bytes: number
  readonly spans: readonly StreamSpan[]
  readonly streams: readonly StreamFacts[]
}

/** Reads every file once and remembers only facts; what cannot be read becomes a problem. */
export class Measurer {
  readonly problems: Problem[] = []
  readonly #source: Source
  readonly #inits = new Map<string, Promise<InitFacts | null>>()
  readonly #segments = new Map<string, Promise<Measurement | null>>()
  readonly #deliveries = new Map<string, Delivery>()

  constructor(source: Source) {
    this.#source = source
  }

  get deliveries(): readonly Delivery[] {
    return [...this.#deliveries.values()]
  }

  /** True when the segment was asked for before. */
  hasRead(ref: ResourceRef): boolean {
    return this.#segments.has(keyOf(ref))
  }

  /** A file's bytes, or null with a problem kept: what a playlist names has to be there. */
  async read(ref: ResourceRef, kind: FileKind): Promise<Buffer | null> {
    const result = await this.#source.read(ref.address, ref.range ?? undefined)
    if (!result.ok) {
      this.#complain('missing-file', this.where(ref), result.reason)
      return null
    }
    this.#note(result, kind, ref)
    return result.bytes
  }

  where(ref: ResourceRef): string {
    const path = this.#source.describe(ref.address)
    return ref.range ? `${path}@${ref.range.offset}` : path
  }

  init(ref: ResourceRef): Promise<InitFacts | null> {
    return remember(this.#inits, keyOf(ref), () => this.#readInit(ref))
  }

  segment(ref: ResourceRef, init: InitFacts | null): Promise<Measurement | null> {
    return remember(this.#segments, keyOf(ref), () => this.#readSegment(ref, init))
  }

  #note(result: ReadResult, kind: FileKind, ref: ResourceRef): void {
    if (!result.ok || !result.delivery) return
    const container = kind === 'segment' ? sniffContainer(result.bytes) : null
    const key = JSON.stringify([kind, container, result.delivery])
    if (this.#deliveries.has(key)) return
    this.#deliveries.set(key, { ...result.delivery, kind, container, where: this.where(ref) })
  }

  #complain(rule: string, where: string, message: string): void {
    this.problems.push({ rule, where, message })
  }

  async #readInit(ref: ResourceRef): Promise<InitFacts | null> {
    const bytes = await this.read(ref, 'init')
    if (!bytes) return null
    return this.#tolerate(this.where(ref), () => readInit(bytes, this.where(ref)))
  }

  async #readSegment(ref: ResourceRef, init: InitFacts | null): Promise<Measurement | null> {
    const bytes = await this.read(ref, 'segment')
    if (!bytes) return null
    const container = sniffContainer(bytes)
    const nothing = { container, bytes: bytes.length, spans: [], streams: [] }
    if (container === 'ts' || container === 'packed-audio') {
      const { complaint, ...reading } = await readTransport(
        bytes,
        container === 'ts' ? 'mpegts' : 'aac',
      )
      if (complaint !== null) this.#complain('RFC8216-3', this.where(ref), complaint)
      return { ...nothing, ...reading }
    }
    if (container === 'webvtt' && !bytes.includes('X-TIMESTAMP-MAP=')) {
      this.#complain('5.3', this.where(ref), 'is WebVTT without X-TIMESTAMP-MAP')
    }
    if (container !== 'fmp4') return nothing
    return this.#tolerate(this.where(ref), () => this.#readBoxes(bytes, ref, init)) ?? nothing
  }

  /** A segment may carry its own header, as ffmpeg's and some old packagers' do. */
  #readBoxes(bytes: Buffer, ref: ResourceRef, init: InitFacts | null): Measurement {
    const where = this.where(ref)
    const streams = init?.streams ?? readInit(bytes, where).streams
    const { spans, faults } = readFragments(bytes, streams, where)
    for (const { fault, ...violation } of faults) {
      this.problems.push({ rule: faultRules[fault], ...violation })
    }
    return { container: 'fmp4', bytes: bytes.length, spans, streams }
  }

  #tolerate<T>(where: string, read: () => T): T | null {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof ReelmillError) && !(error instanceof RangeError)) throw error
      this.#complain(faultRules.damaged, where, error.message)
      return null
    }
  }
}

/** Rules that judge one fragment alone are settled while it is in memory. */
const faultRules = {
  'tfdt-missing': 'RFC8216-3.3-tfdt',
  'not-moof-relative': 'RFC8216-3.3-relative',
  gap: '7.3',
  layout: 'CMAF-chunk',
  damaged: 'RFC8216-3.3',
}

function keyOf({ address, range }: ResourceRef): string {
  return range ? `${address}@${range.offset}+${range.length}` : address
}

function remember<T>(
  kept: Map<string, Promise<T>>,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const made = kept.get(key) ?? make()
  kept.set(key, made)
  return made
}
