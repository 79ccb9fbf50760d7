import { createPlayer } from './player.js'

const id = location.pathname.split('/').at(-1) ?? ''
const element = (name) => document.getElementById(name)
const player = createPlayer(element('video'), `../media/${encodeURIComponent(id)}/master.m3u8`)

const sentences = {
  uploading: 'Uploading',
  probing: 'Looking at the file',
  planning: 'Planning',
  encoding: 'Encoding',
  packaging: 'Packaging',
  publishing: 'Checking and publishing',
  published: '',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** @param view PageView of page-view.ts */
function show(view) {
  document.title = `${view.name} – Reelmill`
  element('name').textContent = view.name
  element('state').textContent = describe(view)
  element('progress').hidden = !isUnderWay(view.state)
  element('progress').value = view.progress
  showFailure(view.failure)
  element('waiting').hidden = view.playable
  element('waiting').textContent = isUnderWay(view.state)
    ? 'This can be watched in a moment.'
    : 'There is nothing to watch.'
  if (view.playable) player.play(view.ready)
}

function describe(view) {
  const sentence = sentences[view.state]
  return view.state === 'encoding' ? `${sentence} ${Math.floor(view.progress * 100)} %` : sentence
}

function isUnderWay(state) {
  return !['published', 'failed', 'cancelled'].includes(state)
}

function showFailure(sentence) {
  element('failure').textContent = sentence ?? ''
  element('failure').hidden = !sentence
}

function showAbsence() {
  element('waiting').hidden = false
  element('waiting').textContent = 'There is no such video.'
  element('state').textContent = ''
  element('progress').hidden = true
}

const events = new EventSource(`${encodeURIComponent(id)}/events`)
events.addEventListener('video', ({ data }) => show(JSON.parse(data)))
events.addEventListener('deleted', () => {
  events.close()
  player.stop()
  showAbsence()
})
events.addEventListener('error', () => {
  // Closed for good means that the server refused; else the browser connects again by itself.
  if (events.readyState === EventSource.CLOSED) showAbsence()
})
