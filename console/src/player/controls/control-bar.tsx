import {
  Captions as CaptionsIcon,
  CaptionsOff,
  Maximize,
  Minimize,
  Pause,
  PictureInPicture2,
  Play,
  RotateCcw,
} from 'lucide-react'
import { formatClock } from '../../words/times.ts'
import type { Film } from '../film.ts'
import { usePlayer, usePlayerState } from '../player-context.ts'
import { canFillScreen, canPictureInPicture } from '../screen.ts'
import styles from './control-bar.module.css'
import { ControlButton } from './control-button.tsx'
import { SeekBar } from './seek-bar.tsx'
import { SettingsMenu } from './settings-menu.tsx'
import { VolumeControl } from './volume-control.tsx'

/** The controls below the picture. */
export function ControlBar({ film, onHelp }: { readonly film: Film; readonly onHelp: () => void }) {
  return (
    <div className={styles['bar']} data-controls>
      <SeekBar film={film} />
      <div className={styles['row']}>
        <PlayButton />
        <VolumeControl />
        <Times film={film} />
        <span className={styles['space']} />
        <CaptionsButton />
        <SettingsMenu onHelp={onHelp} />
        <ScreenButtons />
      </div>
    </div>
  )
}

function PlayButton() {
  const player = usePlayer()
  const isPaused = usePlayerState((state) => state.isPaused)
  const isEnded = usePlayerState((state) => state.isEnded)
  const label = isPaused ? (isEnded ? 'Play again' : 'Play') : 'Pause'
  return (
    <ControlButton label={label} keys="k" onClick={player.togglePlay}>
      {isPaused ? (
        isEnded ? (
          <RotateCcw />
        ) : (
          <Play fill="currentColor" />
        )
      ) : (
        <Pause fill="currentColor" />
      )}
    </ControlButton>
  )
}

function Times({ film }: { readonly film: Film }) {
  const seconds = usePlayerState((state) => Math.floor(state.seconds))
  const available = usePlayerState((state) => Math.round(state.availableSeconds))
  const isGrowing = usePlayerState((state) => state.isGrowing)
  const whole =
    (isGrowing ? film.durationSeconds : null) ?? (available || film.durationSeconds) ?? 0
  return (
    <>
      <span className={styles['times']}>
        <span data-time>{formatClock(seconds, whole)}</span>
        <span className={styles['whole']}> / {formatClock(whole)}</span>
      </span>
      {film.encodedShare === null ? null : (
        <span className={styles['encoding']} title="Still being encoded. It plays as far as it is.">
          <span className={styles['words']}>still being encoded, </span>
          {Math.floor(film.encodedShare * 100)} %
        </span>
      )}
    </>
  )
}

function CaptionsButton() {
  const player = usePlayer()
  const hasAny = usePlayerState((state) => state.captions.length > 0)
  const isOn = usePlayerState((state) => state.caption !== null)
  if (!hasAny) return null
  return (
    <ControlButton
      label={isOn ? 'Captions off' : 'Captions on'}
      keys="c"
      onClick={player.toggleCaptions}
    >
      {isOn ? <CaptionsIcon /> : <CaptionsOff />}
    </ControlButton>
  )
}

function ScreenButtons() {
  const player = usePlayer()
  const isFullScreen = usePlayerState((state) => state.isFullScreen)
  const isInPicture = usePlayerState((state) => state.isInPicture)
  return (
    <>
      {canPictureInPicture() ? (
        <ControlButton
          label={isInPicture ? 'Back from picture in picture' : 'Picture in picture'}
          keys="i"
          wideOnly
          onClick={player.togglePictureInPicture}
        >
          <PictureInPicture2 />
        </ControlButton>
      ) : null}
      {canFillScreen(player.video) ? (
        <ControlButton
          label={isFullScreen ? 'Leave full screen' : 'Full screen'}
          keys="f"
          onClick={player.toggleFullScreen}
        >
          {isFullScreen ? <Minimize /> : <Maximize />}
        </ControlButton>
      ) : null}
    </>
  )
}
