import { Command, InvalidArgumentError, Option } from 'commander'
import type { DeliveryState } from '#database/webhook-tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { DeliveryDetails, DeliveryView } from '#webhooks/delivery.ts'
import { parseLimit, parseUuid } from '../arguments.ts'
import { withWebhookDesk } from '../desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from '../desk/options.ts'
import type { WebhookDesk } from '../desk/webhook-desk.ts'
import { oneLine, printJson, printTable } from '../print.ts'

interface ListOptions extends DeskOptions {
  readonly webhook?: string
  readonly video?: string
  readonly state?: DeliveryState
  readonly type?: string
  readonly limit: number
}

/** `webhooks deliveries`: what was told, or is to be. */
export function deliveriesCommand(): Command {
  return withDeskOptions(new Command('deliveries'))
    .description('List what was told, or is to be, the newest first.')
    .option('--webhook <id>', 'only to this one', parseUuid)
    .option('--video <id>', 'only of this video', parseUuid)
    .addOption(
      new Option('--state <state>', 'only those in this state').choices([
        'pending',
        'delivered',
        'failed',
      ]),
    )
    .option('--type <type>', 'only of this event')
    .option('--limit <n>', 'at most so many', parseLimit, 50)
    .action(async ({ json, webhook, video, state, type, limit, ...options }: ListOptions) =>
      withWebhookDesk(options, async (desk) => {
        const filter = { webhookId: webhook, videoId: video, state, type, limit }
        const deliveries = await desk.listDeliveries(filter)
        if (json) printJson(deliveries)
        else printTable([heads, ...deliveries.map(toRow)])
      }),
    )
}

/** `webhooks delivery ID`: its body and every call. */
export function deliveryCommand(): Command {
  return withDeskOptions(new Command('delivery'))
    .description('Show a delivery with its body and every call.')
    .argument('<id>', 'id of the delivery', parseUuid)
    .action(async (id: string, { json, ...options }: DeskOptions) =>
      withWebhookDesk(options, async (desk) => {
        const delivery = await desk.getDelivery(id)
        if (json) return printJson(delivery)
        printTable([heads, toRow(delivery)])
        console.log(oneLine(delivery.body ?? '', 10_000))
        printTable([callHeads, ...delivery.calls.map(toCallRow)])
      }),
    )
}

interface ReplayOptions extends DeskOptions {
  readonly webhook?: string
  readonly since?: Date
}

/** `webhooks replay DELIVERY`, or `webhooks replay --webhook ID --since TIME`. */
export function replayCommand(): Command {
  return withDeskOptions(new Command('replay'))
    .description('Send a delivery once more, or all that failed of a webhook since a time.')
    .argument('[delivery]', 'id of the delivery', parseUuid)
    .option('--webhook <id>', 'with --since: of this one', parseUuid)
    .option('--since <time>', 'as 2026-01-02T00:00:00Z', parseTime)
    .action(
      async (delivery: string | undefined, { json, webhook, since, ...options }: ReplayOptions) =>
        withWebhookDesk(options, async (desk) => {
          const replayed = await replay(desk, delivery, { webhook, since })
          if (json) printJson({ replayed })
          else console.log(`Replayed deliveries: ${replayed}`)
        }),
    )
}

async function replay(
  desk: WebhookDesk,
  delivery: string | undefined,
  { webhook, since }: { readonly webhook: string | undefined; readonly since: Date | undefined },
): Promise<number> {
  if (delivery !== undefined) {
    await desk.replay(delivery)
    return 1
  }
  if (webhook !== undefined && since !== undefined) return desk.replayFailed(webhook, since)
  throw new ReelmillError('invalid_request', 'Name a delivery, or a --webhook and --since.')
}

function parseTime(text: string): Date {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('It must be a date and time.')
  return time
}

const heads = ['DELIVERY', 'EVENT', 'STATE', 'CALLS', 'VIDEO', 'HAPPENED', 'URL', 'ERROR']

function toRow(delivery: DeliveryView): string[] {
  const { id, type, state, attempts, videoId, happenedAt, url, error } = delivery
  return [
    ...[id, type, state, String(attempts), videoId ?? '-', happenedAt],
    ...[oneLine(url), oneLine(error ?? '')],
  ]
}

const callHeads = ['CALL', 'AT', 'STATUS', 'MS', 'ERROR', 'ANSWER']

function toCallRow(call: DeliveryDetails['calls'][number]): string[] {
  const { number, at, status, durationMs, error, response } = call
  return [
    ...[String(number), at, String(status ?? '-'), String(durationMs)],
    ...[oneLine(error ?? ''), oneLine(response ?? '', 80)],
  ]
}
