import type { Tone } from '../../ui/badge.tsx'
import type { Delivery, Webhook } from './use-webhooks.ts'

interface StateWords {
  readonly word: string
  readonly tone: Tone
}

/** The ways in which a body is written, with their words. */
export const formats: Readonly<Record<Webhook['format'], string>> = {
  standard: 'Standard Webhooks',
  request_reference: 'Request and reference',
  assembly: 'Assembly',
  ancestor: 'Simple worker',
}

/** The states of a delivery. */
export const deliveryStates: Readonly<Record<Delivery['state'], StateWords>> = {
  pending: { word: 'Waiting', tone: 'info' },
  delivered: { word: 'Delivered', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
}

/** How an endpoint is. */
export function stateOf({ enabled, failingSince }: Webhook): StateWords {
  if (!enabled) return { word: 'Disabled', tone: 'neutral' }
  return failingSince === null
    ? { word: 'Enabled', tone: 'good' }
    : { word: 'Failing', tone: 'warn' }
}

/** What people know it by: its description, else where it leads. */
export function nameOf({ description, url }: Pick<Webhook, 'description' | 'url'>): string {
  return description === '' ? shorten(url) : description
}

/** An address without what goes without saying. */
export function shorten(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '')
}
