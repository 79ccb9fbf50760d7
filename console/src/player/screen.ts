/** What older Safari calls it; iPhones know it of videos alone. */
interface OldVideo extends HTMLVideoElement {
  readonly webkitEnterFullscreen?: () => void
}

/** Full screen with our controls where that can be, else the video alone, with its own. */
export function toggleFullScreen(frame: HTMLElement, video: HTMLVideoElement): void {
  if (document.fullscreenElement) {
    void document.exitFullscreen()
    return
  }
  if (document.fullscreenEnabled) {
    // A frame that may not is told so by the browser; there is nothing else to do then.
    frame.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined)
    return
  }
  const { webkitEnterFullscreen } = video as OldVideo
  webkitEnterFullscreen?.call(video)
}

/** Whether there is any way to fill the screen: a frame may not be allowed to. */
export function canFillScreen(video: HTMLVideoElement | null): boolean {
  return document.fullscreenEnabled || (video !== null && 'webkitEnterFullscreen' in video)
}

/** Into a small window above all others, and back. */
export function togglePictureInPicture(video: HTMLVideoElement): void {
  const done = document.pictureInPictureElement
    ? document.exitPictureInPicture()
    : video.requestPictureInPicture()
  // Before the first picture it is refused.
  done.catch(() => undefined)
}

/** Whether the browser has such windows. */
export function canPictureInPicture(): boolean {
  return document.pictureInPictureEnabled === true
}
