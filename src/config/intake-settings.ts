import { choice, integer, optionalText, text } from './setting-kinds.ts'

const mebibyte = 1024 ** 2
const largest = 5 * 1024 ** 4

/** Ways in beside the upload through this server: presigned ones, the watch folder, other processors. */
export const intakeSettings = {
  videoSourceMaxSize: integer(
    {
      name: 'VIDEO_SOURCE_MAX_SIZE',
      fallback: String(1024 * mebibyte),
      unit: 'bytes',
      sentence: 'Largest video of a presigned upload, where SOURCE_MAX_BYTES is not less.',
    },
    1,
    largest,
  ),
  thumbnailSourceMaxSize: integer(
    {
      name: 'THUMBNAIL_SOURCE_MAX_SIZE',
      fallback: String(10 * mebibyte),
      unit: 'bytes',
      sentence: 'Largest picture that is taken as a thumbnail.',
    },
    1,
    100 * mebibyte,
  ),
  subtitleSourceMaxSize: integer(
    {
      name: 'SUBTITLE_SOURCE_MAX_SIZE',
      fallback: String(mebibyte),
      unit: 'bytes',
      sentence: 'Largest file of subtitles that is taken.',
    },
    1,
    100 * mebibyte,
  ),
  uploadPolicySeconds: integer(
    {
      name: 'UPLOAD_POLICY_SECONDS',
      aliases: ['AWS_UPLOAD_EXPIRATION_DELAY'],
      fallback: String(24 * 3600),
      unit: 'seconds',
      sentence: 'How long the address of a presigned upload is good for.',
    },
    1,
    // The longest that S3 signs for.
    7 * 24 * 3600,
  ),
  watchFolder: optionalText({
    name: 'WATCH_FOLDER',
    sentence: 'Folder whose files are taken in as videos; the same one for every server.',
  }),
  watchFolderAfter: choice(
    {
      name: 'WATCH_FOLDER_AFTER',
      fallback: 'move',
      sentence: 'What becomes of a file of the watch folder: move into its folder done, or delete.',
    },
    ['move', 'delete'],
  ),
  watchFolderProfile: text({
    name: 'WATCH_FOLDER_PROFILE',
    fallback: 'default',
    sentence: 'The profile of videos from the watch folder.',
  }),
  watchFolderSettleSeconds: integer(
    {
      name: 'WATCH_FOLDER_SETTLE_SECONDS',
      fallback: '3',
      unit: 'seconds',
      sentence: 'How long a file of the watch folder must not have changed.',
    },
    1,
    3600,
  ),
  notificationSecret: optionalText({
    name: 'NOTIFICATION_SECRET',
    aliases: ['TRANSLOADIT_SECRET'],
    sentence: 'What other processors sign their notifications with; unset: none are believed.',
    secret: true,
  }),
  notificationMediaDomain: optionalText({
    name: 'NOTIFICATION_MEDIA_DOMAIN',
    aliases: ['BUNNY_PULL_ZONE_DOMAIN'],
    sentence: 'Domain at which the files of other processors are published.',
  }),
} as const
