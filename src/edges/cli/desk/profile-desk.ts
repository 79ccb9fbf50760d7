import type { ProfileVersionView, ProfileView } from '#flow/profiles/profile-view.ts'

/** Profiles, of this machine's data or of a server. */
export interface ProfileDesk {
  list(): Promise<readonly ProfileView[]>
  /** Fails with `profile_unknown`. */
  get(name: string): Promise<ProfileView>
  /** From the newest. */
  versions(name: string): Promise<readonly ProfileVersionView[]>
  /** Fails with `profile_invalid`. */
  save(name: string, edit: NewProfileItem): Promise<ProfileView>
  /** Fails with `profile_is_a_file` of one that nobody saved. */
  delete(name: string): Promise<void>
  close(): Promise<void>
}

/** What is to be saved. */
export interface NewProfileItem {
  readonly profile: Readonly<Record<string, unknown>>
  readonly note?: string | undefined
}
