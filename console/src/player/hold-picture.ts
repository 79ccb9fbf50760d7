/**
 * Shows the picture of this moment in a canvas above the video until the video has one again: a
 * stream that begins anew would flash black.
 */
export function holdPicture(video: HTMLVideoElement, canvas: HTMLCanvasElement): void {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  canvas.hidden = false
  const release = () => {
    canvas.hidden = true
    for (const name of endings) video.removeEventListener(name, onEnding)
  }
  const onEnding = ({ type }: Event) => {
    // One that is paused never plays; its first picture is enough.
    if (type !== 'seeked' || video.paused) release()
  }
  for (const name of endings) video.addEventListener(name, onEnding)
}

const endings = ['playing', 'seeked', 'error'] as const
