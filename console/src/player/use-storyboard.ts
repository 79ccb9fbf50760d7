import { useEffect, useState } from 'react'
import { parseStoryboard, type StoryboardTile } from './storyboard.ts'

const none: readonly StoryboardTile[] = []

/** The tiles of a storyboard, once it is there; it is fetched when the first one is wanted. */
export function useStoryboard(address: string | null): readonly StoryboardTile[] {
  const [tiles, setTiles] = useState(() => known.get(address ?? '') ?? none)
  useEffect(() => {
    if (address === null) return
    let isWanted = true
    void load(address).then((loaded) => isWanted && setTiles(loaded))
    return () => {
      isWanted = false
    }
  }, [address])
  return tiles
}

const known = new Map<string, readonly StoryboardTile[]>()

async function load(address: string): Promise<readonly StoryboardTile[]> {
  const before = known.get(address)
  if (before) return before
  try {
    const answer = await fetch(address)
    const tiles = answer.ok ? parseStoryboard(await answer.text(), answer.url) : none
    if (answer.ok) known.set(address, tiles)
    return tiles
  } catch {
    // Without small pictures the time alone is shown; the next look asks again.
    return none
  }
}
