import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const sources = fileURLToPath(new URL('../src', import.meta.resolve('hls.js')))
const own = join(import.meta.dirname, 'src/player/hls')

/** What is made of hls.js here: fragmented MP4 with several sounds and subtitles, and no more. */
const features: Readonly<Record<string, boolean>> = {
  __USE_ALT_AUDIO__: true,
  __USE_SUBTITLES__: true,
  __USE_CMCD__: false,
  __USE_CONTENT_STEERING__: false,
  __USE_EME_DRM__: false,
  __USE_IFRAMES__: false,
  __USE_INTERSTITIALS__: false,
  __USE_M2TS_ADVANCED_CODECS__: false,
  __USE_MEDIA_CAPABILITIES__: false,
  __USE_VARIABLE_SUBSTITUTION__: false,
}

/** Modules of hls.js that nothing of ours reaches, by their last name. */
const left: Readonly<Record<string, string>> = {
  'cmcd-controller': 'nothing.ts',
  'content-steering-controller': 'nothing.ts',
  'eme-controller': 'nothing.ts',
  'interstitials-controller': 'nothing.ts',
  'id3-track-controller': 'nothing.ts',
  'imsc1-ttml-parser': 'imsc1.ts',
  aacdemuxer: 'no-demuxer.ts',
  'ac3-demuxer': 'no-demuxer.ts',
  mp3demuxer: 'no-demuxer.ts',
  tsdemuxer: 'no-demuxer.ts',
  'cea-608-parser': 'nothing.ts',
}

/** What it takes from packages, of which a browser has the most by now. */
const packages: Readonly<Record<string, string>> = {
  'url-toolkit': 'urls.ts',
  '@svta/cml-id3': 'id3.ts',
  '@svta/cml-utils': 'ids.ts',
}

/**
 * Builds hls.js from its sources rather than taking the finished one: what our streams never need
 * (DRM, transport streams, advertisements, …) is most of it.
 */
export function hlsSources(): Plugin {
  return {
    name: 'hls-sources',
    enforce: 'pre',
    config: () => ({
      define: {
        ...Object.fromEntries(
          Object.entries(features).map(([name, on]) => [name, JSON.stringify(on)]),
        ),
        __VERSION__: JSON.stringify(''),
      },
    }),
    resolveId(name, importer) {
      if (name === 'hls.js') return join(sources, 'hls.ts')
      if (!importer || !importer.startsWith(sources)) return null
      if (importer.endsWith('/transmuxer.ts') && name.endsWith('/mp4-remuxer')) return join(own, 'nothing.ts')
      const file = packages[name] ?? left[name.split('/').at(-1) ?? '']
      return file ? join(own, file) : null
    },
  }
}
