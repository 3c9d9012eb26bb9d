// Parts of the editor that have no types of their own; they are imported for what they register.
declare module 'monaco-editor/editor/contrib/*';
declare module 'monaco-editor/editor/editor.worker.js';
