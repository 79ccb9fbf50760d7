import type { HlsConfig } from 'hls.js'

/** How hls.js plays here; `startSeconds` is where. */
export function writeSettings(startSeconds: number): Partial<HlsConfig> {
  return {
    // Without a position it would begin at the end of a stream that still grows,
    startPosition: startSeconds,
    // and go three segments back whenever it turns to a rendition that is less far encoded.
    liveSyncDuration: 0.1,
    // Fragmented MP4 goes into the buffer as it comes: there is nothing for a worker to do.
    enableWorker: false,
    capLevelToPlayerSize: true,
    // An hour of 1080p would else stay in memory.
    backBufferLength: 90,
    enableCEA708Captions: false,
    enableIMSC1: false,
    enableDateRangeMetadataCues: false,
    enableEmsgMetadataCues: false,
    enableID3MetadataCues: false,
  }
}
