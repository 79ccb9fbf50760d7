import { extname } from 'node:path'
import { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type ExtraOrder, orderExtra } from '#flow/order-extra.ts'
import type { Parts } from '#flow/parts.ts'
import type { StudioTask } from '#jobs/file-payload.ts'
import { listJobs } from '#jobs/list.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems, VideoParams } from '../schemas.ts'
import { presentJob } from './present-job.ts'
import { readFile, readForm } from './read-form.ts'
import { requireChangeableVideo, requireVisibleVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'
import { checkTimes, nameTaskFault, StudioTasks } from './studio-tasks.ts'

const ExtraJob = Type.Object(
  {
    type: Type.String({
      description:
        'video-transcription, generate-video-storyboard, or video-studio-transcoding with `tasks`',
    }),
    tasks: Type.Optional(StudioTasks),
  },
  { additionalProperties: false },
)

const Created = Type.Object({ uuid: Type.String({ format: 'uuid' }) })

const fileLimits = { files: 20, fields: 4, fieldSize: 256 * 1024 }

/** Work on a published video beside its journey, and the jobs of a video. */
export const jobRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  app.get(
    '/:id/jobs',
    {
      schema: {
        tags: ['videos'],
        summary: 'The jobs of a video, the newest first',
        params: VideoParams,
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
        }),
        response: problems,
      },
    },
    async (request) => {
      const { params, query } = request
      const principal = await principalOf(access, request)
      const id = await requireVisibleVideo(parts, principal, params.id)
      const { jobs } = await listJobs(parts.database, { videoId: id, limit: query.limit })
      return { jobs: jobs.map((job) => presentJob(principal, job)) }
    },
  )

  app.post(
    '/:id/jobs',
    {
      schema: {
        tags: ['videos'],
        summary: 'Order extra work on what is published: transcript, storyboard, edit',
        description:
          'JSON, or multipart/form-data with the fields `type` and `tasks` (JSON) and the files that the tasks name.',
        consumes: ['application/json', 'multipart/form-data'],
        params: VideoParams,
        response: { 201: Created, ...problems },
      },
    },
    async (request, reply) => {
      const principal = await principalOf(access, request)
      const videoId = await requireChangeableVideo(parts, principal, request.params.id)
      const folder = `sources/${videoId}/studio-${crypto.randomUUID()}/`
      try {
        const order = request.isMultipart()
          ? await readOrderForm(parts, folder, request)
          : toOrder(request.body, {})
        reply.code(201)
        return { uuid: await orderExtra(parts, videoId, order) }
      } catch (error) {
        // What nobody ordered after all is not kept.
        await parts.storage.deleteAll(folder)
        throw error
      }
    },
  )
}

/** Files by the names of their fields, kept below `folder` in the storage. */
async function readOrderForm(
  parts: Parts,
  folder: string,
  request: FastifyRequest,
): Promise<ExtraOrder> {
  const values: Record<string, unknown> = {}
  const taskFiles: Record<string, string> = {}
  const limits = { ...fileLimits, fileSize: parts.config.sourceMaxBytes }
  for await (const part of readForm(request, limits)) {
    if (part.type === 'file') taskFiles[part.fieldname] = await keepFile(parts, folder, part)
    else values[part.fieldname] = part.fieldname === 'tasks' ? parseTasks(part.value) : part.value
  }
  return toOrder(values, taskFiles)
}

/** Under a name of ours: what runners are told must be a plain one (runner protocol 1.6). */
async function keepFile(parts: Parts, folder: string, file: MultipartFile): Promise<string> {
  const extension = /^\.[a-z0-9]{1,8}$/i.test(extname(file.filename))
    ? extname(file.filename)
    : '.bin'
  const key = `${folder}${crypto.randomUUID()}${extension.toLowerCase()}`
  await parts.storage.put(key, Readable.from(readFile(file.file)))
  return key
}

function parseTasks(value: unknown): unknown {
  try {
    return JSON.parse(String(value))
  } catch (cause) {
    throw new ReelmillError('invalid_request', 'The field tasks is not JSON.', { cause })
  }
}

function toOrder(body: unknown, files: Readonly<Record<string, string>>): ExtraOrder {
  if (!Value.Check(ExtraJob, body)) {
    throw new ReelmillError('invalid_request', `The job is not valid: ${nameFault(body)}.`)
  }
  switch (body.type) {
    case 'video-transcription':
    case 'generate-video-storyboard':
      return { type: body.type }
    case 'video-studio-transcoding':
      return toStudioOrder(body.tasks ?? [], files)
    default:
      throw new ReelmillError(
        'job_type_unsupported',
        `"${body.type}" cannot be ordered; video-transcription, generate-video-storyboard and video-studio-transcoding can.`,
      )
  }
}

function nameFault(body: unknown): string {
  const [first] = Value.Errors(ExtraJob, body)
  const path = first?.instancePath.slice(1) ?? ''
  if (first?.keyword === 'boolean') return `there is no field ${path}`
  const tasks = body !== null && typeof body === 'object' && 'tasks' in body ? body.tasks : []
  return nameTaskFault(tasks) ?? `${path || 'it'} ${first?.message}`
}

/** Tasks name files by their form fields; from here on by names of ours. */
function toStudioOrder(
  tasks: Static<typeof StudioTasks>,
  files: Readonly<Record<string, string>>,
): ExtraOrder {
  if (tasks.length === 0) throw new ReelmillError('invalid_request', 'An edit needs tasks.')
  checkTimes(tasks)
  const taskFiles: Record<string, string> = {}
  const rename = (field: string): string => {
    const key = Object.hasOwn(files, field) ? files[field] : undefined
    if (key === undefined) {
      throw new ReelmillError(
        'invalid_request',
        `A task names the file "${field}", which is not there.`,
      )
    }
    const name = key.slice(key.lastIndexOf('/') + 1)
    taskFiles[name] = key
    return name
  }
  const renamed = tasks.map((task): StudioTask => {
    if (task.name === 'cut' || task.name === 'remove-segments') return task
    if (task.name === 'add-watermark') {
      return { ...task, options: { ...task.options, file: rename(task.options.file) } }
    }
    return { ...task, options: { file: rename(task.options.file) } }
  })
  return { type: 'video-studio-transcoding', tasks: renamed, taskFiles }
}
