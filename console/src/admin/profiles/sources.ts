import { useQuery } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'

/** Of what a preview is: a source that nobody has, or that of a video. */
export type PreviewSource = { readonly source: SourceFacts } | { readonly videoId: string }

interface SourceFacts {
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  readonly durationSeconds: number
  readonly bitRate: number | null
  readonly audioTracks: number
  readonly hdr: boolean
}

const tenMinutes = { durationSeconds: 600, audioTracks: 1, hdr: false }

/** Sources that say how a profile fares, by the words for them. */
export const samples: Readonly<Record<string, SourceFacts>> = {
  'Film, 1080p at 24': {
    ...tenMinutes,
    ...{ width: 1920, height: 1080, framesPerSecond: 24, bitRate: 12_000_000 },
  },
  'Camera, 4K at 60': {
    ...tenMinutes,
    ...{ width: 3840, height: 2160, framesPerSecond: 60, bitRate: 60_000_000 },
  },
  'Phone, portrait 1080p at 30': {
    ...tenMinutes,
    ...{ width: 1080, height: 1920, framesPerSecond: 30, bitRate: 17_000_000 },
  },
  'Old camera, 480p at 29.97': {
    ...tenMinutes,
    ...{ width: 640, height: 480, framesPerSecond: 29.97, bitRate: 3_000_000 },
  },
  'Cinema, 4K HDR at 23.976, three languages': {
    ...tenMinutes,
    ...{ width: 3840, height: 1608, framesPerSecond: 23.976, bitRate: 40_000_000 },
    ...{ audioTracks: 3, hdr: true },
  },
  'Sound alone': { ...tenMinutes, width: 0, height: 0, framesPerSecond: 25, bitRate: 192_000 },
}

/** The newest videos, to try a profile on what there is. */
export function useRecentVideos() {
  return useQuery({
    queryKey: ['videos', 'for-preview'],
    queryFn: async () => {
      const query = { limit: 20 }
      const { videos } = await read(client.GET('/api/v1/videos', { params: { query } }))
      return videos.filter(({ source }) => 'demuxer' in source)
    },
  })
}
