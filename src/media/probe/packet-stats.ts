/** A packet as the scan sees it; times in units of the stream's time base, null when unknown. */
export interface Packet {
  readonly pts: number | null
  readonly dts: number | null
  readonly duration: number | null
  readonly isKey: boolean
  /** Decoded but not shown: before the begin of an edit list, for one. */
  readonly isDiscarded: boolean
}

/** What the packets of one stream say about it, in constant memory. */
export interface PacketStats {
  /** Packets whose pictures or samples can be shown: those before the first key are left out. */
  packets: number
  keyframes: number
  /** Packets before the first key, and those without any time. */
  undecodable: number
  timeless: number
  /** Packets that an edit list hides. */
  hidden: number
  /** Packets that are shown come behind such that are hidden, and these behind the first key. */
  hidesBetween: boolean
  /** A key frame that is decoded and not shown comes before them, as in a film that was trimmed. */
  hasHiddenKey: boolean
  /** pts of the first key packet that is shown; null when there is none. */
  firstKeyPts: number | null
  minPts: number | null
  maxPts: number | null
  /** Duration of the packet with the largest pts, as far as it says one. */
  lastDuration: number | null
  /** Largest distance from a key picture to the next, or to the last picture of all. */
  maxKeyGap: number
  lastKeyPts: number | null
  /** False when a decode time is smaller than the one before it. */
  isMonotonic: boolean
  /** Largest distance of two decode times that follow each other. */
  maxGap: number
  lastDts: number | null
  /** Since the last one that is shown, some were hidden. */
  isHiding: boolean
  /** How often each distance of two decode times occurs; at most 2000 different ones. */
  readonly deltas: Map<number, number>
}

const distinctDeltas = 2000

export function startStats(): PacketStats {
  return {
    packets: 0,
    keyframes: 0,
    undecodable: 0,
    timeless: 0,
    hidden: 0,
    hidesBetween: false,
    firstKeyPts: null,
    hasHiddenKey: false,
    minPts: null,
    maxPts: null,
    lastDuration: null,
    maxKeyGap: 0,
    lastKeyPts: null,
    isMonotonic: true,
    maxGap: 0,
    lastDts: null,
    isHiding: false,
    deltas: new Map(),
  }
}

/** Takes one packet in, in the order of the file. */
export function addPacket(stats: PacketStats, packet: Packet): void {
  const pts = packet.pts ?? packet.dts
  if (packet.isDiscarded) {
    addHidden(stats, packet)
    return
  }
  if (pts === null) {
    stats.timeless += 1
    return
  }
  if (packet.isKey) addKey(stats, pts)
  if (isUndecodable(stats, pts)) {
    stats.undecodable += 1
    return
  }
  stats.packets += 1
  stats.hidesBetween ||= stats.isHiding
  // A demuxer that works decode times out from the others leaves the first ones open.
  if (packet.dts !== null) addDecodeTime(stats, packet.dts)
  stats.minPts = Math.min(stats.minPts ?? pts, pts)
  if (stats.maxPts === null || pts >= stats.maxPts) {
    stats.maxPts = pts
    stats.maxKeyGap = Math.max(stats.maxKeyGap, pts - (stats.lastKeyPts ?? pts))
    stats.lastDuration = packet.duration
  }
}

/** Hidden by an edit list and decoded all the same: what refers to it can be shown. */
function addHidden(stats: PacketStats, { isKey }: Packet): void {
  stats.hidden += 1
  stats.hasHiddenKey ||= isKey
  stats.isHiding = stats.firstKeyPts !== null
}

/** Pictures before the first key frame, and those shown before it, refer to what is not there. */
function isUndecodable({ firstKeyPts, hasHiddenKey }: PacketStats, pts: number): boolean {
  return !hasHiddenKey && (firstKeyPts === null || pts < firstKeyPts)
}

function addKey(stats: PacketStats, pts: number): void {
  stats.keyframes += 1
  stats.firstKeyPts ??= pts
  if (stats.lastKeyPts !== null) {
    stats.maxKeyGap = Math.max(stats.maxKeyGap, pts - stats.lastKeyPts)
  }
  stats.lastKeyPts = pts
}

function addDecodeTime(stats: PacketStats, dts: number): void {
  if (stats.lastDts !== null) {
    const delta = dts - stats.lastDts
    if (delta < 0) stats.isMonotonic = false
    stats.maxGap = Math.max(stats.maxGap, Math.abs(delta))
    const count = stats.deltas.get(delta)
    if (count !== undefined || stats.deltas.size < distinctDeltas) {
      stats.deltas.set(delta, (count ?? 0) + 1)
    }
  }
  stats.lastDts = dts
}

/** The distance of decode times that occurs most; 0 when there are not two packets. */
export function findUsualDelta({ deltas }: PacketStats): number {
  let usual = 0
  let most = 0
  for (const [delta, count] of deltas) {
    if (count > most) [usual, most] = [delta, count]
  }
  return Math.max(0, usual)
}

/** Before this time no seek leads anywhere: that of the first key picture that is not hidden. */
export function firstSeekablePts(stats: PacketStats): number | null {
  return stats.hasHiddenKey ? stats.firstKeyPts : firstShownPts(stats)
}

/** The time of the first picture that can be shown; null when there is none. */
export function firstShownPts({ firstKeyPts, hasHiddenKey, minPts }: PacketStats): number | null {
  return hasHiddenKey ? minPts : firstKeyPts
}
