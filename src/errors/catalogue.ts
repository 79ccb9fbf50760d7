/** Who has to act: the caller of the API, the owner of the media, a runner's operator, or us. */
export type Blame = 'caller' | 'media' | 'runner' | 'us'

interface Entry {
  /** What its owner reads when the place that throws has nothing better to say. */
  readonly sentence: string
  readonly status: number
  /** The gRPC status name, https://grpc.io/docs/guides/status-codes/ */
  readonly grpc: string
  /** True when the same call can succeed later without a change. */
  readonly retryable: boolean
  readonly blame: Blame
}

const caller = (status: number, grpc: string, sentence: string): Entry => ({
  sentence,
  status,
  grpc,
  retryable: false,
  blame: 'caller',
})

const media = (sentence: string): Entry => ({
  sentence,
  status: 422,
  grpc: 'INVALID_ARGUMENT',
  retryable: false,
  blame: 'media',
})

const runner = (status: number, grpc: string, sentence: string, retryable = false): Entry => ({
  sentence,
  status,
  grpc,
  retryable,
  blame: 'runner',
})

const us = (status: number, grpc: string, sentence: string, retryable = true): Entry => ({
  sentence,
  status,
  grpc,
  retryable,
  blame: 'us',
})

/**
 * Every failure that Reelmill can report, by its stable code. docs/errors.md is generated from this
 * table; a test compares the two.
 */
export const catalogue = {
  invalid_request: caller(400, 'INVALID_ARGUMENT', 'The request is not valid.'),
  invalid_setting: caller(400, 'INVALID_ARGUMENT', 'A setting has a value that cannot be used.'),
  unauthorized: caller(401, 'UNAUTHENTICATED', 'A valid API key or session is needed.'),
  forbidden: caller(403, 'PERMISSION_DENIED', 'This key or session may not do that.'),
  host_not_allowed: caller(
    421,
    'PERMISSION_DENIED',
    'This server does not answer under that name: see ALLOWED_HOSTS and PUBLIC_URL.',
  ),
  route_not_found: caller(404, 'NOT_FOUND', 'There is nothing at this address.'),
  video_not_found: caller(404, 'NOT_FOUND', 'There is no such video.'),
  media_file_not_found: caller(404, 'NOT_FOUND', 'The video has no such file.'),
  attachment_not_found: caller(
    404,
    'NOT_FOUND',
    'The video has no such thumbnail, or no such subtitles.',
  ),
  job_not_found: caller(404, 'NOT_FOUND', 'There is no such job.'),
  hook_call_not_found: caller(404, 'NOT_FOUND', 'There is no such call that was given up.'),
  runner_not_found: caller(404, 'NOT_FOUND', 'There is no such runner.'),
  user_not_found: caller(404, 'NOT_FOUND', 'There is no such user.'),
  user_name_taken: caller(409, 'ALREADY_EXISTS', 'Another user has this name.'),
  last_admin: caller(
    409,
    'FAILED_PRECONDITION',
    'This is the last administrator; make another one first.',
  ),
  login_refused: caller(401, 'UNAUTHENTICATED', 'The name or the password is not right.'),
  setup_refused: caller(
    403,
    'PERMISSION_DENIED',
    'This set-up link is not good any more; a server that starts prints a new one.',
  ),
  key_not_found: caller(404, 'NOT_FOUND', 'There is no such key.'),
  token_not_found: caller(404, 'NOT_FOUND', 'There is no such registration token.'),
  webhook_not_found: caller(404, 'NOT_FOUND', 'There is no such webhook.'),
  delivery_not_found: caller(404, 'NOT_FOUND', 'There is no such delivery.'),
  webhook_disabled: caller(409, 'FAILED_PRECONDITION', 'The webhook is disabled.'),
  delivery_under_way: caller(409, 'FAILED_PRECONDITION', 'The delivery has not ended yet.'),
  source_not_found: caller(404, 'NOT_FOUND', 'There is no file at the given source.'),
  source_kind_unsupported: caller(400, 'UNIMPLEMENTED', 'This kind of source is not supported.'),
  file_key_invalid: caller(400, 'INVALID_ARGUMENT', 'file_key is not valid'),
  upload_missing: caller(
    409,
    'FAILED_PRECONDITION',
    'Nothing has been uploaded under this key yet.',
  ),
  source_key_forbidden: caller(403, 'PERMISSION_DENIED', 'This object belongs to another video.'),
  destination_taken: caller(409, 'ALREADY_EXISTS', 'Another video has this folder.'),
  signature_invalid: caller(403, 'PERMISSION_DENIED', 'The signature is not valid.'),
  external_id_taken: caller(409, 'ALREADY_EXISTS', 'Another video has this external id.'),
  upload_not_found: caller(404, 'NOT_FOUND', 'There is no such upload.'),
  upload_gone: caller(410, 'NOT_FOUND', 'The upload was given up, or its video is gone.'),
  upload_offset_conflict: caller(409, 'ABORTED', 'The upload stands at another byte.'),
  upload_held: caller(423, 'ABORTED', 'Another connection goes on with this upload.'),
  upload_checksum_mismatch: caller(460, 'DATA_LOSS', 'The bytes do not have the checksum sent.'),
  tus_version_unsupported: caller(412, 'UNIMPLEMENTED', 'Tus-Resumable must be 1.0.0.'),
  video_state_conflict: caller(409, 'FAILED_PRECONDITION', 'The video is not in a state for that.'),
  request_in_progress: caller(
    409,
    'ABORTED',
    'A request with this Idempotency-Key is being answered; wait a moment and send it again.',
  ),
  idempotency_key_reused: caller(
    422,
    'INVALID_ARGUMENT',
    'This Idempotency-Key came with another request before.',
  ),
  precondition_failed: caller(
    412,
    'ABORTED',
    'Somebody changed it since you read it; read it again, and then decide.',
  ),
  job_state_conflict: caller(400, 'FAILED_PRECONDITION', 'The job is not in a state for that.'),
  job_type_unsupported: caller(422, 'UNIMPLEMENTED', 'This type of job is not supported.'),
  job_not_retryable: caller(409, 'FAILED_PRECONDITION', 'The job cannot be tried again.'),
  job_cancelled: caller(409, 'CANCELLED', 'A job that the video needs was cancelled.'),
  parent_ended: caller(409, 'FAILED_PRECONDITION', 'The job that it waited for did not succeed.'),
  profile_not_found: caller(422, 'NOT_FOUND', 'There is no such profile.'),
  profile_unknown: caller(404, 'NOT_FOUND', 'There is no profile of this name.'),
  profile_invalid: caller(422, 'INVALID_ARGUMENT', 'The profile is not valid.'),
  profile_is_a_file: caller(
    409,
    'FAILED_PRECONDITION',
    'The profile is a file, which only somebody with access to the machine removes.',
  ),
  encoder_missing: caller(
    422,
    'FAILED_PRECONDITION',
    'The profile asks for an encoder that no runner has.',
  ),
  policy_invalid: caller(400, 'INVALID_ARGUMENT', 'The policy does not take this value.'),
  job_invalid: caller(400, 'INVALID_ARGUMENT', 'The job cannot be done as it is written.'),
  link_invalid: caller(403, 'PERMISSION_DENIED', 'This link does not allow that.'),
  link_expired: caller(403, 'PERMISSION_DENIED', 'This link has expired.'),
  media_type_refused: caller(415, 'INVALID_ARGUMENT', 'This type of file is not taken here.'),
  address_invalid: caller(400, 'INVALID_ARGUMENT', 'The address cannot be called.'),
  address_refused: caller(422, 'PERMISSION_DENIED', 'This server does not call such addresses.'),
  address_unreachable: {
    ...caller(422, 'UNAVAILABLE', 'The address does not answer.'),
    retryable: true,
  },
  import_refused: caller(422, 'NOT_FOUND', 'The address does not give the file away.'),
  import_failed: {
    ...caller(422, 'UNAVAILABLE', 'The file could not be fetched from the address.'),
    retryable: true,
  },
  answer_too_large: caller(422, 'RESOURCE_EXHAUSTED', 'The answer is larger than allowed.'),
  payload_too_large: caller(413, 'RESOURCE_EXHAUSTED', 'The request is larger than allowed.'),
  rate_limited: caller(429, 'RESOURCE_EXHAUSTED', 'Too many requests; wait and try again.'),

  source_changed: { ...media('The file was changed while it was read.'), retryable: true },
  source_empty: media('The file is empty.'),
  source_unreadable: media('The file is not a video or audio file that can be read.'),
  source_no_streams: media('The file holds neither pictures nor sound that can be used.'),
  source_no_sound: media('The file holds no sound.'),
  source_no_pictures: media('The file holds no pictures.'),
  source_too_large: media('The picture is larger than the limit.'),
  source_too_many_bytes: media('The file is larger than the limit.'),
  source_too_long: media('The video is longer than the limit.'),
  source_too_many_streams: media('The file holds more streams than the limit.'),
  source_too_many_frames: media('The video holds more frames than the limit.'),
  source_too_few_frames: media('The video has fewer frames a second than the limit.'),
  source_ends_early: media('The file ends earlier than it says.'),
  language_unsupported: media('The language that was heard is not among those that are allowed.'),
  source_damaged: media('The file is damaged: it could not be decoded.'),

  registration_token_invalid: runner(404, 'NOT_FOUND', 'Registration token is invalid'),
  runner_name_taken: runner(400, 'ALREADY_EXISTS', 'A runner with this name exists already.'),
  unknown_runner_token: runner(404, 'NOT_FOUND', 'Unknown runner token'),
  runner_job_not_in_pending_state: runner(409, 'ABORTED', 'The job is no longer pending.'),
  runner_job_not_in_processing_state: runner(
    400,
    'FAILED_PRECONDITION',
    'The job is not being processed.',
  ),
  runner_job_not_found: runner(404, 'NOT_FOUND', 'This runner holds no such job.'),
  segment_refused: runner(422, 'FAILED_PRECONDITION', 'The segment is not what was ordered.'),
  parameter_sets_differ: runner(
    409,
    'FAILED_PRECONDITION',
    "The encoder's parameter sets differ from the first chunk's.",
  ),
  result_refused: runner(422, 'FAILED_PRECONDITION', 'The result is not what was ordered.'),
  result_incomplete: runner(400, 'FAILED_PRECONDITION', 'The result is not complete.'),
  runner_lost: runner(504, 'DEADLINE_EXCEEDED', 'The runner fell silent.', true),
  runner_failed: runner(502, 'INTERNAL', 'The runner could not do the job.', true),
  transcriber_missing: runner(
    500,
    'FAILED_PRECONDITION',
    'No program that writes down what is said is installed.',
  ),
  transcriber_failed: runner(502, 'INTERNAL', 'What is said could not be written down.', true),
  processor_failed: runner(502, 'INTERNAL', 'The other processor could not process the video.'),
  server_unreachable: runner(503, 'UNAVAILABLE', 'The server cannot be reached.', true),
  server_refused: runner(502, 'FAILED_PRECONDITION', 'The server refused the call.', true),

  ffmpeg_missing: us(500, 'FAILED_PRECONDITION', 'ffmpeg 5.1 or newer is not installed.', false),
  ffmpeg_failed: us(500, 'INTERNAL', 'ffmpeg failed.'),
  ffmpeg_timed_out: us(500, 'DEADLINE_EXCEEDED', 'ffmpeg took longer than the work allows.'),
  output_refused: us(500, 'INTERNAL', 'The finished output did not pass the check.', false),
  step_deadly: us(500, 'INTERNAL', 'The server died each time it worked on this video.', false),
  schema_newer: us(500, 'FAILED_PRECONDITION', 'The database is newer than this program.', false),
  server_lost: us(503, 'UNAVAILABLE', 'The server ended while its own runner did the job.'),
  pages_not_built: us(
    503,
    'UNAVAILABLE',
    'The pages are not built yet: npm start builds them, and vite build console does it alone.',
  ),
  database_unavailable: us(503, 'UNAVAILABLE', 'The database cannot be reached.'),
  storage_unavailable: us(503, 'UNAVAILABLE', 'The storage cannot be reached.'),
  object_not_found: us(404, 'NOT_FOUND', 'The storage holds no such object.', false),
  key_invalid: us(400, 'INVALID_ARGUMENT', 'The storage key is not valid.', false),
  cancelled: us(499, 'CANCELLED', 'The work was stopped before its end.'),
  disk_full: us(507, 'RESOURCE_EXHAUSTED', 'There is no space left on the disk.'),
  internal: us(500, 'INTERNAL', 'Something went wrong here.'),
} as const satisfies Record<string, Entry>

/** A stable code; clients may switch on it. */
export type ErrorCode = keyof typeof catalogue
