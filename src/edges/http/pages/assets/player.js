/** Not more often than this does the player start over to get new renditions. */
const restartPauseMs = 5000

/**
 * Plays a stream that may still grow, with hls.js where it works, else by the browser itself.
 * `play({video, audio})` may be called again and again: it starts over, at the same place, when there
 * are more renditions to choose from than the player knows.
 */
export function createPlayer(video, url) {
  const { Hls } = globalThis
  if (Hls?.isSupported()) return createHlsPlayer(Hls, video, url)
  let started = false
  return {
    play() {
      if (started) return
      started = true
      video.src = url
    },
    stop: () => video.removeAttribute('src'),
  }
}

function createHlsPlayer(Hls, video, url) {
  let hls = null
  let startedAt = 0

  function start() {
    const startPosition = video.currentTime
    const goOn = hls !== null && !video.paused
    hls?.destroy()
    startedAt = performance.now()
    hls = new Hls({
      // Without a position it would begin at the end of a stream that still grows,
      startPosition,
      // and go 3 segments back whenever it turns to a rendition that is less far encoded.
      liveSyncDuration: 0.1,
      workerPath: new URL('player/hls.worker.js', import.meta.url).href,
    })
    hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
      if (fatal) recover(type)
    })
    hls.loadSource(url)
    hls.attachMedia(video)
    // A browser may refuse to go on without a click; then its own button is there.
    if (goOn) video.play().catch(() => undefined)
  }

  function recover(type) {
    if (type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
    else setTimeout(() => hls && start(), restartPauseMs)
  }

  function knowsAll(ready) {
    if (hls.levels.length === 0) return true
    return hls.levels.length >= ready.video && hls.audioTracks.length >= ready.audio
  }

  return {
    play(ready) {
      if (!hls) start()
      else if (!knowsAll(ready) && performance.now() - startedAt > restartPauseMs) start()
    },
    stop() {
      hls?.destroy()
      hls = null
    },
  }
}
