// The states of a shard: a colour in style.css, a letter for those who see no colours, and what it means. From good to bad.
export const STATES = [
  {letter: 'S', sign: '', state: 'SERVING', name: 'serving', means: 'answers every request'},
  {letter: 'C', sign: 'C', state: 'COPYING', name: 'copying', means: 'goes to another node as a copy, and serves meanwhile'},
  {letter: 'F', sign: 'F', state: 'FROZEN', name: 'frozen', means: 'changes its participants: FINAL waits until they have decided'},
  {letter: 'W', sign: 'W', state: 'WAITING', name: 'waiting', means: 'keeps some answers waiting: the list says for whom and why'},
  {letter: '?', sign: '?', state: 'NOT_KNOWN', name: 'not known', means: 'is not known: the node that should serve it does not answer'},
  {letter: 'D', sign: 'D', state: 'DIVERGENT', name: 'divergent', means: 'has copies that differ: one of them serves nothing'},
  {letter: 'X', sign: 'X', state: 'STOPPED', name: 'stopped', means: 'refuses changes: the copy that should serve it has stopped, or its store takes none'},
  {letter: 'N', sign: 'N', state: 'NO_MAJORITY', name: 'no majority', means: 'lacks most of its participants: FAST only'},
];

export const SERVING = STATES[0];

const BY_LETTER = new Map(STATES.map(state => [state.letter, state]));
const BY_STATE = new Map(STATES.map(state => [state.state, state]));
const NOT_KNOWN = BY_STATE.get('NOT_KNOWN');

export const ofLetter = letter => BY_LETTER.get(letter) ?? NOT_KNOWN;
export const ofState = state => BY_STATE.get(state) ?? NOT_KNOWN;
