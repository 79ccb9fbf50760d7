import { mergeAudio } from './audio-merge.ts'
import type { FileWorks } from './file-work.ts'
import { makeHls } from './hls.ts'
import { makeStoryboard } from './storyboard/make-storyboard.ts'
import { editVideo } from './studio/edit-video.ts'
import { transcribe } from './transcription/transcribe.ts'
import { makeWebVideo } from './web-video.ts'

/** Every kind of whole-file work: a new kind is one new file and one line here. */
export const fileWorks: FileWorks = {
  'vod-web-video-transcoding': makeWebVideo,
  'vod-hls-transcoding': makeHls,
  'vod-audio-merge-transcoding': mergeAudio,
  'video-studio-transcoding': editVideo,
  'video-transcription': transcribe,
  'generate-video-storyboard': makeStoryboard,
}
