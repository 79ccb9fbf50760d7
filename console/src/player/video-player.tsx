import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { classNames } from '../ui/class-names.ts'
import { addCaptionFiles, type CaptionFile } from './caption-tracks.ts'
import { Captions } from './captions.tsx'
import { ControlBar } from './controls/control-bar.tsx'
import type { Film } from './film.ts'
import { findPlace } from './go-on.ts'
import { HelpSheet } from './help-sheet.tsx'
import { tellMediaSession } from './media-session.ts'
import { openPlayer } from './open-player.ts'
import { Overlay } from './overlay.tsx'
import styles from './player.module.css'
import type { Player } from './player.ts'
import { PlayerContext } from './player-context.ts'
import { Surface } from './surface.tsx'
import { useActivity } from './use-activity.ts'
import { useKeys } from './use-keys.ts'

interface PlayerProps {
  readonly film: Film
  readonly startSeconds?: number
  readonly autoPlay?: boolean
  readonly muted?: boolean
  /** The whole page is the player's: its keys work everywhere, and it fills its frame. */
  readonly isAlone?: boolean
  /** Above the picture: the title of an embedded video. */
  readonly head?: ReactNode
  /** Takes the place of the player's picture while there is nothing to play. */
  readonly instead?: ReactNode
}

/** A video with its controls. */
export function VideoPlayer(props: PlayerProps) {
  const { film, isAlone = false, head, instead } = props
  const [frame, setFrame] = useState<HTMLDivElement | null>(null)
  const [player, setPlayer] = useState<Player | null>(null)
  const videoRef = useRef<HTMLVideoElement>(null)
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const toggleHelp = useCallback(() => setHelpOpen((isOpen) => !isOpen), [])

  useEffect(() => {
    const [video, canvas] = [videoRef.current, canvasRef.current]
    if (!frame || !video || !canvas) return
    const opened = openPlayer({ video, frame, canvas })
    setPlayer(opened)
    return () => opened.destroy()
  }, [frame])
  useFilm(player, props)
  const notice = useKeys({ player, frame, isAlone, onHelp: toggleHelp })
  const isActive = useActivity(frame, player)

  return (
    <div
      ref={setFrame}
      className={classNames(styles['player'], isAlone && styles['alone'])}
      role="region"
      aria-label={`Player: ${film.title}`}
      data-idle={isActive ? undefined : ''}
    >
      {/* Its text tracks come and go with the stream (caption-tracks.ts). */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <video ref={videoRef} className={styles['video']} playsInline preload="metadata" />
      <canvas ref={canvasRef} className={styles['held']} aria-hidden="true" hidden />
      {player ? (
        <PlayerContext.Provider value={player}>
          <Surface hasFilm={film.url !== null} isActive={isActive} />
          <Captions />
          {film.url === null ? <div className={styles['instead']}>{instead}</div> : null}
          <Overlay film={film} notice={notice} />
          {head ? <div className={styles['head']}>{head}</div> : null}
          {film.url === null ? null : <ControlBar film={film} onHelp={toggleHelp} />}
          <HelpSheet isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
        </PlayerContext.Provider>
      ) : null}
    </div>
  )
}

/** Brings the film into the player, and what becomes known of it later. */
function useFilm(player: Player | null, props: PlayerProps): void {
  const { film, startSeconds = 0, autoPlay = false, muted = false } = props
  const { url, captionFiles, tracks, title, owner, poster } = film
  const place = useRef({ seconds: startSeconds, isPlaying: autoPlay })
  useEffect(() => {
    if (player && muted) player.video.muted = true
    // As it is opened; afterwards it is people's to set.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [player])
  useEffect(() => {
    if (!player || url === null) return
    const { seconds, isPlaying } = place.current
    void player.load(url, seconds).then((isLoaded) => isLoaded && isPlaying && player.play())
    return () => {
      place.current = findPlace(player.store.get(), place.current)
      player.unload()
    }
  }, [player, url])
  useEffect(() => player?.lookForMore(tracks), [player, tracks])
  const files = JSON.stringify(captionFiles)
  useEffect(() => {
    if (player) return addCaptionFiles(player.video, JSON.parse(files) as CaptionFile[])
  }, [player, files])
  useEffect(() => {
    if (player) return tellMediaSession(player, { title, artist: owner ?? '', poster })
  }, [player, title, owner, poster])
}
