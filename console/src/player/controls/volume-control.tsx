import { Volume1, Volume2, VolumeX } from 'lucide-react'
import type { CSSProperties } from 'react'
import { usePlayer, usePlayerState } from '../player-context.ts'
import { ControlButton } from './control-button.tsx'
import styles from './volume-control.module.css'

/** Sound off and on, and how loud; the slider shows when it is near, or has the focus. */
export function VolumeControl() {
  const player = usePlayer()
  const isMuted = usePlayerState((state) => state.isMuted)
  const volume = usePlayerState((state) => state.volume)
  const shown = isMuted ? 0 : volume
  const Icon = shown === 0 ? VolumeX : shown < 0.5 ? Volume1 : Volume2
  return (
    <div className={styles['volume']}>
      <ControlButton
        label={isMuted ? 'Sound on' : 'Sound off'}
        keys="m"
        onClick={player.toggleMute}
      >
        <Icon />
      </ControlButton>
      <input
        type="range"
        className={styles['slider']}
        aria-label="Volume"
        aria-valuetext={`${Math.round(shown * 100)} %`}
        data-own-arrows
        min={0}
        max={1}
        step={0.05}
        value={shown}
        style={{ '--share': shown } as CSSProperties}
        onInput={(event) => player.setVolume(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}
