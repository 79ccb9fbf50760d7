import { Command, Option } from 'commander'
import type { WebhookFormat } from '#database/webhook-tables.ts'
import type { CreatedEndpoint } from '#webhooks/create-endpoint.ts'
import type { EndpointView } from '#webhooks/endpoint.ts'
import { webhookFormats } from '#webhooks/formats.ts'
import type { SigningKind } from '#webhooks/signing-keys.ts'
import { parseUuid } from './arguments.ts'
import { withWebhookDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import type { WebhookDesk } from './desk/webhook-desk.ts'
import { oneLine, printJson, printTable } from './print.ts'
import { deliveriesCommand, deliveryCommand, replayCommand } from './webhooks/deliveries.ts'

const daySeconds = 24 * 3600

/** `webhooks list|create|…`; `webhooks` alone lists. */
export function webhooksCommand(): Command {
  return new Command('webhooks')
    .description('Show, make, test and remove webhooks, and send again what they missed.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(createCommand())
    .addCommand(switchCommand('enable', true, 'Tell a disabled webhook again.'))
    .addCommand(switchCommand('disable', false, 'Tell a webhook nothing until it is enabled.'))
    .addCommand(rotateCommand())
    .addCommand(testCommand())
    .addCommand(deleteCommand())
    .addCommand(deliveriesCommand())
    .addCommand(deliveryCommand())
    .addCommand(replayCommand())
    .addCommand(secretCommand())
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List who is told of events.')
    .action(async ({ json, ...options }: DeskOptions) =>
      withWebhookDesk(options, async (desk) => {
        const webhooks = await desk.list()
        if (json) printJson(webhooks)
        else
          printTable([
            ['WEBHOOK', 'STATE', 'FORMAT', 'EVENTS', 'URL', 'WHY'],
            ...webhooks.map(toRow),
          ])
      }),
    )
}

interface CreateOptions extends DeskOptions {
  readonly event?: readonly string[]
  readonly format?: WebhookFormat
  readonly signing?: SigningKind
  readonly secret?: string
  readonly description?: string
}

function createCommand(): Command {
  return withDeskOptions(new Command('create'))
    .description('Tell an address of events. The secret is shown only now.')
    .argument('<url>', 'http or https')
    .option('--event <types...>', 'only of these; docs/webhooks.md lists them')
    .addOption(new Option('--format <format>', 'how bodies are written').choices(webhookFormats))
    .addOption(new Option('--signing <kind>', 'how calls are signed').choices(['hmac', 'ed25519']))
    .option('--secret <whsec>', 'a secret that the receiver has already')
    .option('--description <text>', 'what it is, for people')
    .action(async (url: string, { json, event, server, key, ...about }: CreateOptions) =>
      withWebhookDesk({ ...(server && { server }), ...(key && { key }) }, async (desk) => {
        const made = await desk.create({ url, ...about, ...(event && { events: event }) })
        if (json) printJson(made)
        else console.log(`Created webhook: ${made.id}\n${secretLine(made)}`)
      }),
    )
}

function switchCommand(name: string, enabled: boolean, description: string): Command {
  return oneWebhook(name, description, async (desk, id, json) => {
    const changed = await desk.update(id, { enabled })
    if (json) printJson(changed)
    else console.log(`Webhook ${id} is now: ${stateOf(changed)}`)
  })
}

function rotateCommand(): Command {
  return oneWebhook(
    'rotate',
    'Give a webhook a new secret, shown only now; the old one is good for a day more.',
    async (desk, id, json) => {
      const changed = await desk.rotate(id, daySeconds)
      if (json) printJson(changed)
      else console.log(secretLine(changed))
    },
  )
}

function testCommand(): Command {
  return oneWebhook('test', 'Send a webhook.test.', async (desk, id, json) => {
    const delivery = await desk.test(id)
    if (json) printJson(delivery)
    else console.log(`Ordered delivery: ${delivery.id}`)
  })
}

function deleteCommand(): Command {
  return oneWebhook('delete', 'Remove a webhook with its deliveries.', async (desk, id, json) => {
    await desk.delete(id)
    if (json) printJson({ id, deleted: true })
    else console.log(`Deleted webhook: ${id}`)
  })
}

function secretCommand(): Command {
  return withDeskOptions(new Command('secret'))
    .description("Show what calls of videos' own addresses are signed with.")
    .action(async ({ json, ...options }: DeskOptions) =>
      withWebhookDesk(options, async (desk) => {
        const secret = await desk.readVideoSecret()
        if (json) printJson({ secret })
        else console.log(secret)
      }),
    )
}

function oneWebhook(
  name: string,
  description: string,
  run: (desk: WebhookDesk, id: string, json: true | undefined) => Promise<void>,
): Command {
  return withDeskOptions(new Command(name))
    .description(description)
    .argument('<id>', 'id of the webhook', parseUuid)
    .action(async (id: string, { json, ...options }: DeskOptions) =>
      withWebhookDesk(options, (desk) => run(desk, id, json)),
    )
}

function secretLine({ secret, publicKeys }: CreatedEndpoint): string {
  return secret === null ? `Public key: ${publicKeys[0]}` : `Secret: ${secret}`
}

function toRow(webhook: EndpointView): string[] {
  const { id, format, events, url, disabledReason } = webhook
  return [
    id,
    stateOf(webhook),
    format,
    events.join(','),
    oneLine(url),
    oneLine(disabledReason ?? ''),
  ]
}

function stateOf({ enabled, failingSince }: EndpointView): string {
  if (!enabled) return 'disabled'
  return failingSince === null ? 'enabled' : 'failing'
}
