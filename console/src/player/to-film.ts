import type { Video } from '../api/client.ts'
import { mediaHere } from '../api/media-here.ts'
import { isUnderWay } from '../words/video-states.ts'
import type { CaptionFile } from './caption-tracks.ts'
import type { Film } from './film.ts'

/** A video of the API as the player wants it. */
export function toFilm(video: Video): Film {
  const { id, name, owner, urls, source } = video
  const reach = (url: string | null) => (url === null ? null : mediaHere(url, id))
  const file = Object.values(urls.mp4)[0] ?? null
  return {
    title: name,
    owner: owner?.name ?? null,
    url: reach(urls.hls ?? (video.state === 'published' ? file : null)),
    poster: reach(urls.thumbnail),
    storyboard: reach(urls.storyboard),
    captionFiles: listCaptions(video).map((each) => ({ ...each, url: mediaHere(each.url, id) })),
    durationSeconds: source.durationSeconds ?? null,
    encodedShare: isBeingMade(video) ? video.progress : null,
    tracks: video.renditions.filter(({ bandwidth }) => bandwidth !== null).length,
  }
}

/** Whether there will be more of it than can be played now; another version of it may be on its way. */
export function isBeingMade({ state, publishedAt }: Video): boolean {
  return isUnderWay(state) && publishedAt === null
}

function listCaptions({ urls }: Video): CaptionFile[] {
  const list = (files: Readonly<Record<string, string>>, words: string) =>
    Object.entries(files).map(([language, url]) => ({
      label: `${nameLanguage(language)}${words}`,
      language,
      url,
    }))
  return [...list(urls.subtitles, ''), ...list(urls.transcripts, ' (transcript)')]
}

/** "en" as English, in the words of whoever looks. */
export function nameLanguage(language: string): string {
  if (language === '' || language === 'und') return 'Captions'
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(language) ?? language
  } catch {
    // People may have written anything.
    return language
  }
}
