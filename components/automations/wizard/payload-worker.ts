// The editor's own worker; a file of ours, so that the bundler finds it by its address.
import 'monaco-editor/editor/editor.worker.js';
