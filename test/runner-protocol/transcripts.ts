import type { NewJob } from '#jobs/create.ts'
import type { Answer, HeldJob, Wire } from '../support/protocol-server.ts'

/**
 * The smallest job whose result is a whole file: no clip and no plan is needed for it, so it stands
 * for all of them where the protocol is asked and not what is made.
 */
export const transcriptJob: Partial<NewJob> = {
  type: 'video-transcription',
  payload: { output: {} },
  encoders: [],
}

export const vtt = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello there.\n'

/** What a runner says at the end of such a job, as the stock runner's form (runner protocol 2.9). */
export function transcriptForm(
  { jobToken, runnerToken }: Pick<HeldJob, 'jobToken' | 'runnerToken'>,
  { text = vtt, language = 'en' }: { readonly text?: string; readonly language?: string } = {},
): FormData {
  const form = new FormData()
  form.append('jobToken', jobToken)
  form.append('runnerToken', runnerToken)
  form.append('payload[inputLanguage]', language)
  form.append('payload[vttFile]', new Blob([text], { type: 'text/vtt' }), 'subtitle.vtt')
  return form
}

/** Hands a transcript in at a server. */
export function sendTranscript(
  wire: Wire,
  job: HeldJob,
  content: Parameters<typeof transcriptForm>[1] = {},
): Promise<Answer> {
  return wire.post(`/jobs/${job.uuid}/success`, transcriptForm(job, content))
}
