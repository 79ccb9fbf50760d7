import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { compress } from './compress.ts'

const hls = join(dirname(fileURLToPath(import.meta.resolve('hls.js'))), '..')
const { version } = JSON.parse(readFileSync(join(hls, 'package.json'), 'utf8')) as {
  readonly version: string
}

/**
 * What hls.js is built without, by the flags of its own build: nothing that Reelmill writes needs it,
 * and everyone who watches a video has 36 kB less to wait for.
 */
const unneeded = [
  'CMCD',
  'CONTENT_STEERING',
  'EME_DRM',
  'IFRAMES',
  'INTERSTITIALS',
  'M2TS_ADVANCED_CODECS',
  'MEDIA_CAPABILITIES',
  'VARIABLE_SUBSTITUTION',
]
const flag = (name: string, isOn: boolean) => [`__USE_${name}__`, JSON.stringify(isOn)] as const

/**
 * The pages become static files in console/dist, which the server serves (src/edges/http/pages). All
 * addresses are relative: the server says in <base> where the root is, so that the pages work below
 * any prefix. Assets lie where they cannot meet those of an application that Reelmill is mounted in.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // React's API, run by Preact: 50 kB less for everyone who watches a video.
  resolve: {
    alias: [
      { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react(-dom)?$/, replacement: inRoot('runtime.js') },
      { find: /^hls\.js$/, replacement: join(hls, 'src/exports-named.ts') },
      // Nor does it pack pictures and sound into anything but fragmented MP4, or texts into pictures.
      {
        find: /^\.\.?\/(demux\/tsdemuxer|audio\/(aacdemuxer|ac3-demuxer|mp3demuxer))$/,
        replacement: inRoot('src/player/hls/no-demuxer.ts'),
      },
      {
        find: /^\.\.\/utils\/(cea-608-parser|imsc1-ttml-parser)$/,
        replacement: inRoot('src/player/hls/no-parser.ts'),
      },
      {
        find: /^@svta\/cml-(cmcd|structured-field-values)$/,
        replacement: join(hls, 'src/empty.js'),
      },
    ],
  },
  define: {
    ...Object.fromEntries(unneeded.map((name) => flag(name, false))),
    ...Object.fromEntries(['ALT_AUDIO', 'SUBTITLES'].map((name) => flag(name, true))),
    __HLS_WORKER_BUNDLE__: 'undefined',
    __IN_WORKER__: 'false',
    __VERSION__: JSON.stringify(version),
  },
  build: {
    outDir: 'dist',
    assetsDir: 'watch/assets/app',
    target: 'es2023',
    // Browsers that know light-dark(): rewritten for older ones, a dark part of a light page is light.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Nothing may stand in the pages themselves: the policy forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // Words for servers that draw pages; these are drawn in the browser.
      checks: { moduleLevelDirective: false },
      input: ['index.html', 'admin.html', 'embed.html'].map(inRoot),
      // An icon in a file of its own is 300 bytes and 700 of headers: those that several pages show
      // come with what draws them. Nothing that imports more may be in it, or files need each other.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'runtime',
              test: /node_modules\/(preact|lucide-react)\/|console\/runtime\.js/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  plugins: [compress()],
})

function inRoot(name: string): string {
  return join(import.meta.dirname, name)
}
