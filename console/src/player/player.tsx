import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { classNames } from '../ui/class-names.ts'
import { addCaptionFiles, type CaptionFile } from './caption-tracks.ts'
import { Captions } from './captions.tsx'
import { ControlBar } from './controls/control-bar.tsx'
import { HelpSheet } from './help-sheet.tsx'
import { tellMediaSession } from './media-session.ts'
import { openPlayer, type Player as PlayerParts } from './open-player.ts'
import { Overlay } from './overlay.tsx'
import { PlayerContext } from './player-context.ts'
import styles from './player.module.css'
import { Surface } from './surface.tsx'
import { useActivity } from './use-activity.ts'
import { useKeys } from './use-keys.ts'

/** What is played, and what is known of it beside its stream. */
export interface Film {
  readonly title: string
  readonly owner: string | null
  /** Address of the playlist, or a file; null: nothing can be played yet. */
  readonly url: string | null
  readonly poster: string | null
  /** Address of the storyboard's WebVTT. */
  readonly storyboard: string | null
  readonly captionFiles: readonly CaptionFile[]
  /** Of the whole video, also while less can be played; null: not known. */
  readonly durationSeconds: number | null
  /** 0 to 1 while it is being made, else null. */
  readonly encodedShare: number | null
  /** Tracks of which something can be played. */
  readonly tracks: number
}

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
export function Player(props: PlayerProps) {
  const { film, isAlone = false, head, instead } = props
  const [frame, setFrame] = useState<HTMLDivElement | null>(null)
  const [player, setPlayer] = useState<PlayerParts | null>(null)
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
function useFilm(player: PlayerParts | null, props: PlayerProps): void {
  const { film, startSeconds = 0, autoPlay = false, muted = false } = props
  const { url, captionFiles, tracks, title, owner, poster } = film
  useEffect(() => {
    if (!player || url === null) return
    if (muted) player.video.muted = true
    void player.load(url, startSeconds).then(() => autoPlay && player.play())
    return () => player.unload()
    // Where it starts is of interest once, when it is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [player, url])
  useEffect(() => player?.lookForMore(tracks), [player, tracks])
  const files = JSON.stringify(captionFiles)
  useEffect(() => {
    if (player) return addCaptionFiles(player.video, JSON.parse(files) as CaptionFile[])
  }, [player, files])
  useEffect(() => {
    if (player) tellMediaSession(player, { title, artist: owner ?? '', poster })
  }, [player, title, owner, poster])
}
