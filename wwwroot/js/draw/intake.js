import { shortcut } from '../shortcuts.js';

/** Takes pictures in every way that there is: chosen, photographed, dropped anywhere on the page, pasted. */
export function attachIntake(isShown, take) {
  for (const input of document.querySelectorAll('input[type="file"][data-intake]')) {
    input.addEventListener('change', () => {
      take([...input.files]);
      // The same file can be chosen again.
      input.value = '';
    });
    document.querySelector(`button[data-opens="${input.id}"]`).addEventListener('click', () => input.click());
  }
  shortcut('U', 'intake.choose', () => document.getElementById('file').click(), 'draw');

  addEventListener('paste', event => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length > 0 && isShown()) {
      event.preventDefault();
      take(files);
    }
  });
  attachDrop(isShown, take);
}

function attachDrop(isShown, take) {
  const target = document.getElementById('drop');
  const hasFiles = event => isShown() && event.dataTransfer?.types.includes('Files');
  addEventListener('dragenter', event => {
    if (hasFiles(event)) {
      target.hidden = false;
    }
  });
  addEventListener('dragover', event => {
    if (hasFiles(event)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    }
  });
  addEventListener('dragleave', event => {
    // It leaves every element that it crosses; leaving the window it goes nowhere.
    if (event.relatedTarget === null) {
      target.hidden = true;
    }
  });
  addEventListener('drop', event => {
    target.hidden = true;
    if (hasFiles(event)) {
      event.preventDefault();
      take([...event.dataTransfer.files]);
    }
  });
}
