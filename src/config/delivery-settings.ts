import { flag, integer, text } from './setting-kinds.ts'

/** How bytes get to viewers and runners (C-45, M-43). */
export const deliverySettings = {
  cacheControlPlaylists: text({
    name: 'CACHE_CONTROL_PLAYLISTS',
    fallback: 'no-cache',
    sentence: 'Cache-Control of playlists and manifests, on /media and in the bucket.',
  }),
  cacheControlFiles: text({
    name: 'CACHE_CONTROL_FILES',
    fallback: 'public, max-age=31536000, immutable',
    sentence: 'Cache-Control of files whose address names their version, as all in the bucket.',
  }),
  failedKeptDays: integer(
    {
      name: 'FAILED_KEPT_DAYS',
      fallback: '30',
      unit: 'days',
      sentence: 'How long what was made of a failed or cancelled video is kept; 0: for ever.',
    },
    0,
    36_500,
  ),
  runnerDirect: flag({
    name: 'RUNNER_DIRECT',
    fallback: 'true',
    sentence:
      'Whether runners read and write the bucket themselves; false: where they do not reach it.',
  }),
} as const
