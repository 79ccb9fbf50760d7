import { choice } from './setting-kinds.ts'

/** Whether the site's list of videos is shown, and to whom. */
export const sites = ['public', 'members', 'off'] as const

/** One of `sites`. */
export type Site = (typeof sites)[number]

/**
 * What the site shows. `members` unless said otherwise: videos are public so that whoever has the
 * address may watch, and many servers hold those of an application's users, which nobody meant to be
 * listed to the world.
 */
export const siteSettings = {
  site: choice(
    {
      name: 'SITE',
      fallback: 'members',
      sentence:
        'Who sees the list of public videos: public for everybody, members for who is logged in, off for no site pages at all. Whoever has the address of a public video may watch it in any case.',
    },
    sites,
  ),
} as const
