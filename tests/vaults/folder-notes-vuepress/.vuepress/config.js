module.exports = { title: 'TIL', base: '/' }
