import type { Video } from '../../../api/client.ts'
import { Card } from '../../../ui/card.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { formatBitRate, formatBytes } from '../../../words/amounts.ts'
import { formatClock } from '../../../words/times.ts'
import { type PictureFacts, type SoundFacts, sourceFactsOf } from '../video-facts.ts'
import styles from './detail.module.css'

/** The file that was uploaded, with what probing found in it. */
export function SourceCard({ video }: { readonly video: Video }) {
  const { filename, sizeBytes } = video.source
  const {
    durationSeconds,
    container,
    bitRate,
    video: pictures,
    audio,
    access,
    remarks,
  } = sourceFactsOf(video)
  return (
    <Card title="Source">
      <Facts
        facts={[
          ['File', filename],
          ['Size', sizeBytes === null ? null : formatBytes(sizeBytes)],
          ['Length', durationSeconds === undefined ? null : formatClock(durationSeconds)],
          ['Container', container?.split(',')[0]],
          ['Bit rate', bitRate ? formatBitRate(bitRate) : null],
          [
            'Pictures',
            pictures ? <Pictures facts={pictures} /> : pictures === null ? 'none' : null,
          ],
          ['Sound', audio ? <Sounds tracks={audio} /> : null],
          ['Read', access === 'sequential' ? 'from its start only: seeking is not safe' : null],
          ['Remarks', remarks && remarks.length > 0 ? <Lines lines={remarks} /> : null],
        ]}
      />
      {container === undefined ? (
        <p className={styles['soft']}>What is in it is known once it was probed.</p>
      ) : null}
    </Card>
  )
}

function Pictures({ facts }: { readonly facts: PictureFacts }) {
  const { codec, profile, width, height, rotation, pixelFormat, frameRate } = facts
  const [numerator, denominator] = frameRate
  const rate = Number((numerator / denominator).toFixed(3))
  const oddities = [
    rotation === 0 ? null : `turned by ${rotation}°`,
    facts.interlaced ? 'interlaced' : null,
    facts.hdr === null ? null : `HDR (${facts.hdr.toUpperCase()})`,
    facts.variableFrameRate ? 'variable rate' : null,
  ].filter((each) => each !== null)
  return (
    <Lines
      lines={[
        `${width} × ${height}, ${rate} fps`,
        [codec, profile, pixelFormat].filter((each) => each !== null).join(', '),
        ...oddities,
      ]}
    />
  )
}

function Sounds({ tracks }: { readonly tracks: readonly SoundFacts[] }) {
  if (tracks.length === 0) return 'none'
  return (
    <Lines
      lines={tracks.map(({ codec, channels, channelLayout, sampleRate, language }) =>
        [
          codec,
          channelLayout ?? `${channels} channels`,
          `${(sampleRate / 1000).toFixed(1)} kHz`,
          language === 'und' ? null : language,
        ]
          .filter((each) => each !== null)
          .join(', '),
      )}
    />
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
