import { useEffect, useRef } from 'react'
import styles from './captions.module.css'
import { usePlayer } from './player-context.ts'

/**
 * The captions of this moment. Drawn here rather than by the browser, so that they move out of the
 * controls' way.
 */
export function Captions() {
  const player = usePlayer()
  const place = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      player.captions.onCues((cues) => {
        place.current?.replaceChildren(...cues.map(drawCue))
      }),
    [player],
  )
  return <div ref={place} className={styles['captions']} data-captions aria-hidden="true" />
}

function drawCue(cue: VTTCue): HTMLElement {
  const line = document.createElement('p')
  line.append(cue.getCueAsHTML())
  return line
}
